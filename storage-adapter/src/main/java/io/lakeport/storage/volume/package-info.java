/** Objects as files of a Unity Catalog volume, through the Files API of the tenant's workspace. */
@NullMarked
package io.lakeport.storage.volume;

import org.jspecify.annotations.NullMarked;
