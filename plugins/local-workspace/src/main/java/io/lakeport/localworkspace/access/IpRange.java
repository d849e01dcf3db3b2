package io.lakeport.localworkspace.access;

import java.util.Optional;

/**
 * An IPv4 address or range.
 *
 * @param network its first address, as a number
 * @param bits how many leading bits an address must share with it, 0 to 32
 */
record IpRange(long network, int bits) {
    /** Reads an address or a CIDR range; empty when the text is neither. */
    static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String bits = slash < 0 ? "32" : text.substring(slash + 1);
        if (!bits.matches("\\d{1,2}") || Integer.parseInt(bits) > 32) {
            return Optional.empty();
        }
        return address(address).map(network -> new IpRange(network, Integer.parseInt(bits)));
    }

    private static Optional<Long> address(String text) {
        String[] parts = text.split("\\.", -1);
        long value = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return parts.length == 4 ? Optional.of(value) : Optional.empty();
    }

    /** Whether an address lies in it; one that is no IPv4 address lies nowhere. */
    boolean contains(String address) {
        long mask = bits == 0 ? 0 : 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
        return address(address)
                .filter(value -> (value & mask) == (network & mask))
                .isPresent();
    }
}
