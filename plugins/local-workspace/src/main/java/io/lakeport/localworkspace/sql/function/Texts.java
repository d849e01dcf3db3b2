package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of text. */
public final class Texts {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final String SOUNDEX = "01230127022455012623017202";
    private static final Map<String, Charset> CHARSETS = Map.of(
            "US-ASCII", StandardCharsets.US_ASCII,
            "ISO-8859-1", StandardCharsets.ISO_8859_1,
            "UTF-8", StandardCharsets.UTF_8,
            "UTF-16BE", StandardCharsets.UTF_16BE,
            "UTF-16LE", StandardCharsets.UTF_16LE,
            "UTF-16", StandardCharsets.UTF_16,
            "UTF-32", Charset.forName("UTF-32"));

    private Texts() {}

    /** Converts a number between bases of 2 to 36; 64 bits, unsigned unless the new base is negative. */
    public static @Nullable String conv(String number, int from, int to) {
        String text = number.trim();
        int base = Math.abs(to);
        if (from < 2 || from > 36 || base < 2 || base > 36 || text.isEmpty()) {
            return null;
        }
        boolean negative = text.charAt(0) == '-';
        int end = negative ? 1 : 0;
        int begin = end;
        while (end < text.length() && Character.digit(text.charAt(end), from) >= 0) {
            end++;
        }
        BigInteger value = end == begin ? BigInteger.ZERO : new BigInteger(text.substring(begin, end), from);
        if (value.bitLength() > 64) {
            throw SqlErrors.of(
                    "ARITHMETIC_OVERFLOW",
                    "22003",
                    "Overflow in function conv(). If necessary set \"ansi_mode\" to \"false\" to bypass this error.");
        }
        BigInteger signed = negative ? value.negate() : value;
        if (to > 0) {
            return signed.mod(TWO_64).toString(base).toUpperCase(Locale.ROOT);
        }
        return BigInteger.valueOf(signed.longValue()).toString(base).toUpperCase(Locale.ROOT);
    }

    /** Returns the four characters of Soundex; texts that begin with no letter stay. */
    public static String soundex(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return text;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        StringBuilder code = new StringBuilder().append(upper.charAt(0));
        char last = SOUNDEX.charAt(upper.charAt(0) - 'A');
        for (int i = 1; i < upper.length() && code.length() < 4; i++) {
            char c = upper.charAt(i);
            if (!isLetter(c)) {
                last = '0';
                continue;
            }
            char digit = SOUNDEX.charAt(c - 'A');
            if (digit == '7') {
                continue;
            }
            if (digit != '0' && digit != last) {
                code.append(digit);
            }
            last = digit;
        }
        return code.append("000").substring(0, 4);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Replaces letters and digits; an empty replacement keeps them. */
    public static String mask(String text, List<String> by) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int kind = Character.isUpperCase(c) ? 0 : Character.isLowerCase(c) ? 1 : Character.isDigit(c) ? 2 : 3;
            String replacement = by.get(kind);
            out.append(replacement.isEmpty() ? Character.toString(c) : replacement);
        });
        return out.toString();
    }

    /** Whether the digits pass the Luhn check. */
    public static boolean luhn(String text) {
        if (text.isEmpty() || !text.chars().allMatch(Character::isDigit)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(text.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** Formats as {@code java.util.Formatter} does; each argument's first character tells its kind. */
    public static String format(String pattern, List<@Nullable String> arguments) {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            String argument = arguments.get(i);
            values[i] = argument == null ? null : value(argument.charAt(0), argument.substring(1));
        }
        return String.format(Locale.US, pattern, values);
    }

    private static Object value(char kind, String text) {
        return switch (kind) {
            case 'i' -> Integer.valueOf(text);
            case 'l' -> Long.valueOf(text);
            case 'd' -> Double.valueOf(text);
            case 'f' -> Float.valueOf(text);
            case 'n' -> new BigDecimal(text);
            case 'b' -> Boolean.valueOf(text);
            default -> text;
        };
    }

    /** Formats a number with so many decimals and grouped digits; {@code null} for fewer than none. */
    public static @Nullable String formatNumber(String number, boolean binary, int decimals) {
        String fraction = decimals > 0 ? "." + "0".repeat(decimals) : "";
        return decimals < 0 ? null : formatNumber(number, binary, "#,###,###,###,###,###,##0" + fraction);
    }

    /** Formats a number by a pattern of {@code java.text.DecimalFormat}. */
    public static String formatNumber(String number, boolean binary, String pattern) {
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.US));
        return binary ? format.format(Double.parseDouble(number)) : format.format(new BigDecimal(number));
    }

    /** Returns the Levenshtein distance, -1 when it is above the threshold. */
    public static int distance(String a, String b, int threshold) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        int[] row = new int[right.length + 1];
        for (int j = 0; j <= right.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length; j++) {
                int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        int distance = row[right.length];
        return distance > threshold ? -1 : distance;
    }

    private static Charset charset(String function, String name) {
        Charset charset = CHARSETS.get(name.toUpperCase(Locale.ROOT));
        if (charset == null) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.CHARSET",
                    "22023",
                    "The value of parameter(s) `charset` in `" + function
                            + "` is invalid: expects one of the iso-8859-1, "
                            + "us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8, but got " + name + ".");
        }
        return charset;
    }

    /** Returns the bytes of a text in a character set. */
    public static byte[] encode(String text, String name) {
        try {
            ByteBuffer bytes = charset("encode", name)
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw malformed("encode", name);
        }
    }

    /** Returns the text of bytes in a character set. */
    public static String decode(byte[] bytes, String name) {
        try {
            return charset("decode", name)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("decode", name);
        }
    }

    private static RuntimeException malformed(String function, String charset) {
        return SqlErrors.of(
                "MALFORMED_CHARACTER_CODING",
                "22000",
                "Invalid value found when performing `" + function + "` with " + charset + ".");
    }

    /** Returns the text of bytes in UTF-8; what is malformed becomes U+FFFD, as Spark shows it. */
    public static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Upper case of every character, where one may become several. */
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Lower case of every character. */
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Upper case after white space, lower case elsewhere. */
    public static String initcap(String text) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (int c : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            out.appendCodePoint(first ? Character.toTitleCase(c) : c);
            first = c == ' ';
        }
        return out.toString();
    }

    /** Returns the text of a number as Java prints it, which is Spark's text. */
    public static String number(double value) {
        return Double.toString(value);
    }

    /** Returns the text of a number of 32 bits. */
    public static String number(float value) {
        return Float.toString(value);
    }
}
