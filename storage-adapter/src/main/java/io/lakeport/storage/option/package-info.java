/** Settings of stores and writers: read strictly, with a hint where a name is wrong. */
@NullMarked
package io.lakeport.storage.option;

import org.jspecify.annotations.NullMarked;
