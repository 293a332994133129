// @TODO the full registry: title, explanation, message template, what to do next
export type IssueCode = string
