/** REST of files: Files API, presigned links, DBFS and workspace objects. */
@NullMarked
package io.lakeport.localworkspace.rest.files;

import org.jspecify.annotations.NullMarked;
