"""What stands where on a page: lines, columns, tables, margins, notes. Knows nothing of PDF."""
