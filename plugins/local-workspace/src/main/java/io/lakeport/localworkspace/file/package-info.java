/** Files of the workspace: one space of paths over volumes, DBFS, mounts and object stores. */
@NullMarked
package io.lakeport.localworkspace.file;

import org.jspecify.annotations.NullMarked;
