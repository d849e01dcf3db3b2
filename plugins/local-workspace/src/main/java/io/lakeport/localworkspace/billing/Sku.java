package io.lakeport.localworkspace.billing;

import java.math.BigDecimal;

/** What is sold by the DBU, with the list price in USD that holds unless a price list says otherwise. */
public enum Sku {
    SERVERLESS_SQL("ENTERPRISE_SERVERLESS_SQL_COMPUTE_US_EAST_N_VIRGINIA", "0.70", "SQL"),
    SQL_PRO("ENTERPRISE_SQL_PRO_COMPUTE_US_EAST_N_VIRGINIA", "0.55", "SQL"),
    SQL_CLASSIC("ENTERPRISE_SQL_COMPUTE_US_EAST_N_VIRGINIA", "0.22", "SQL"),
    JOBS("ENTERPRISE_JOBS_COMPUTE", "0.20", "JOBS"),
    JOBS_PHOTON("ENTERPRISE_JOBS_COMPUTE_(PHOTON)", "0.20", "JOBS"),
    ALL_PURPOSE("ENTERPRISE_ALL_PURPOSE_COMPUTE", "0.65", "ALL_PURPOSE");

    private final String skuName;
    private final BigDecimal listPrice;
    private final String product;

    Sku(String skuName, String listPrice, String product) {
        this.skuName = skuName;
        this.listPrice = new BigDecimal(listPrice);
        this.product = product;
    }

    /** Returns its name in usage and prices. */
    public String skuName() {
        return skuName;
    }

    /** Returns its price for a DBU, in USD. */
    public BigDecimal listPrice() {
        return listPrice;
    }

    /** Returns the product that it is used for, as {@code billing_origin_product} has it. */
    public String product() {
        return product;
    }

    /** Returns the SKU of a warehouse's type: CLASSIC, PRO or SERVERLESS. */
    public static Sku ofWarehouse(String tableType) {
        return switch (tableType) {
            case "SERVERLESS" -> SERVERLESS_SQL;
            case "PRO" -> SQL_PRO;
            default -> SQL_CLASSIC;
        };
    }
}
