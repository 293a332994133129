-- Associations are records of an object of their own, with history, bin and undo like all others; nothing ever wrote this table.
DROP TABLE {{schema}}._association;
