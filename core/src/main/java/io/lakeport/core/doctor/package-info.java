/** What the doctor is made of: checks, their causes and fixes, and the report. */
@NullMarked
package io.lakeport.core.doctor;

import org.jspecify.annotations.NullMarked;
