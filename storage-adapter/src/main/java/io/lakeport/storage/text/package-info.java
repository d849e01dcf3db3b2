/** What the text formats share: values as text, files of lines, and how they are split and compressed. */
@NullMarked
package io.lakeport.storage.text;

import org.jspecify.annotations.NullMarked;
