/** Objects of an Azure storage account, with or without a hierarchical namespace, through its Blob API. */
@NullMarked
package io.lakeport.storage.abfss;

import org.jspecify.annotations.NullMarked;
