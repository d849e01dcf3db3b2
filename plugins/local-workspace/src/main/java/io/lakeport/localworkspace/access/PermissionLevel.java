package io.lakeport.localworkspace.access;

/** What a permission allows, by the names of the Permissions API. Which level includes which, {@link ObjectType} says. */
public enum PermissionLevel {
    CAN_VIEW("View"),
    CAN_READ("Read"),
    CAN_USE("Use"),
    CAN_MONITOR("Monitor"),
    CAN_ATTACH_TO("Attach"),
    CAN_RUN("Run"),
    CAN_RESTART("Restart"),
    CAN_EDIT("Edit"),
    CAN_MANAGE_RUN("Manage Run"),
    IS_OWNER("Owner"),
    CAN_MANAGE("Manage");

    private final String words;

    PermissionLevel(String words) {
        this.words = words;
    }

    /** Returns the level for a sentence. */
    public String words() {
        return words;
    }
}
