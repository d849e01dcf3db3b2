/** Statements that change something: tables, schemas, rows, the session. */
@NullMarked
package io.lakeport.localworkspace.sql.command;

import org.jspecify.annotations.NullMarked;
