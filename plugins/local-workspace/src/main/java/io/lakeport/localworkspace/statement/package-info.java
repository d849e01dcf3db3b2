/** The Statement Execution API: sessions, statements and their states, chunks on disk, presigned links, history. */
@NullMarked
package io.lakeport.localworkspace.statement;

import org.jspecify.annotations.NullMarked;
