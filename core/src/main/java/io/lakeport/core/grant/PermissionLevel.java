package io.lakeport.core.grant;

/** Levels of the Permissions API, roughly from the weakest to the strongest over all kinds of objects. */
public enum PermissionLevel {
    CAN_VIEW,
    CAN_READ,
    CAN_USE,
    CAN_ATTACH_TO,
    CAN_MONITOR,
    CAN_RUN,
    CAN_RESTART,
    CAN_EDIT,
    CAN_MANAGE_RUN,
    IS_OWNER,
    CAN_MANAGE;

    /** Returns the name as people write it, for example {@code CAN USE}. */
    public String words() {
        return name().replace('_', ' ');
    }
}
