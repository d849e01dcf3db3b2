package io.lakeport.localworkspace.cluster;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** Machines that clusters are made of, with the DBUs that an hour of one costs. */
public enum NodeType {
    M5D_LARGE("m5d.large", 2, 8192, "0.34"),
    M5D_XLARGE("m5d.xlarge", 4, 16_384, "0.69"),
    M5D_2XLARGE("m5d.2xlarge", 8, 32_768, "1.37"),
    I3_XLARGE("i3.xlarge", 4, 31_232, "1.00"),
    I3_2XLARGE("i3.2xlarge", 8, 62_464, "2.00"),
    R5D_XLARGE("r5d.xlarge", 4, 32_768, "0.90");

    private final String id;
    private final int cores;
    private final int memoryMb;
    private final BigDecimal dbuPerHour;

    NodeType(String id, int cores, int memoryMb, String dbuPerHour) {
        this.id = id;
        this.cores = cores;
        this.memoryMb = memoryMb;
        this.dbuPerHour = new BigDecimal(dbuPerHour);
    }

    /** Returns its id, for example {@code i3.xlarge}. */
    public String id() {
        return id;
    }

    /** Returns its number of cores. */
    public int cores() {
        return cores;
    }

    /** Returns its memory in MB. */
    public int memoryMb() {
        return memoryMb;
    }

    /** Returns the DBUs of an hour. */
    public BigDecimal dbuPerHour() {
        return dbuPerHour;
    }

    /** Returns the type of an id. */
    public static Optional<NodeType> of(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }
}
