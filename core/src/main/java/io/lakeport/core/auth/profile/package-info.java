/** Profiles of the Databricks command line, read when somebody asks for it and never otherwise. */
@NullMarked
package io.lakeport.core.auth.profile;

import org.jspecify.annotations.NullMarked;
