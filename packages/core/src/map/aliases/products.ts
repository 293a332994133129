/** Other names that product columns go by: items of a price list. */
export const productAliases: Record<string, string[]> = {
  name: ['Product', 'Product Name', 'Item', 'Item Name', 'Title', 'Article', 'Product Title'],
  sku: ['Product Code', 'Code', 'Item Code', 'Item Number', 'Article Number', 'Product Number', 'Part Number', 'Stock Keeping Unit', 'Product SKU'],
  price: ['Unit Price', 'List Price', 'Sales Price', 'Selling Price', 'Price per Unit', 'Product Price', 'Retail Price', 'Unit Prices'],
  cost: ['Unit Cost', 'Cost Price', 'Purchase Price', 'Cost of Goods Sold', 'Cost per Unit', 'Buying Price'],
  currency: ['Currency Code', 'Currency ISO Code', 'Price Currency'],
  category: ['Product Category', 'Product Family', 'Family', 'Group', 'Product Group', 'Type', 'Product Type'],
  description: ['Notes', 'Product Description', 'Details', 'Comments', 'Remarks', 'Long Description'],
  status: ['Active', 'Product Status', 'Product Active', 'State', 'Availability'],
  quantity: ['Qty', 'Stock', 'Quantity in Stock', 'Qty in Stock', 'Amount in Stock', 'Inventory', 'On Hand'],
  tax: ['Tax Rate', 'VAT', 'VAT Rate', 'Sales Tax', 'Tax %', 'Tax Percent', 'GST'],
  unit: ['Unit of Measure', 'UOM', 'Quantity Unit', 'Usage Unit', 'Sales Unit', 'Measure'],
  owner: ['Product Owner', 'Owner Email', 'Assigned To', 'Record Owner', 'Responsible'],
  external_id: ['ID', 'Record ID', 'Product ID', 'Item ID', 'External Identifier', 'Legacy ID', 'Source ID', 'Foreign ID', 'Original ID'],
  created_at: ['Created', 'Created Date', 'Create Date', 'Date Created', 'Created On', 'Creation Date', 'Created Time', 'Date Added'],
  updated_at: ['Updated', 'Updated Date', 'Last Modified', 'Last Modified Date', 'Modified', 'Modified Date', 'Date Modified', 'Last Updated', 'Modified Time'],
  tags: ['Tag', 'Labels', 'Label', 'Keywords'],
}
