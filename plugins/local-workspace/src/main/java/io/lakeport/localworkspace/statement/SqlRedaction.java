package io.lakeport.localworkspace.statement;

import java.util.regex.Pattern;

/** Takes keys out of the text of statements before it is kept in the query history. */
final class SqlRedaction {
    private static final Pattern KEYS =
            Pattern.compile("(?is)\\b(CREDENTIAL|ENCRYPTION)\\s*\\(\\s*\\w+\\s*=.*?(?:\\)|$)");
    private static final Pattern NAMED = Pattern.compile(
            "(?is)\\b(AWS_ACCESS_KEY|AWS_SECRET_KEY|AWS_SESSION_TOKEN|AZURE_SAS_TOKEN|MASTER_KEY)\\s*=\\s*"
                    + "('(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")");

    private SqlRedaction() {}

    static String apply(String sql) {
        String first = KEYS.matcher(sql).replaceAll("$1 ([REDACTED])");
        return NAMED.matcher(first).replaceAll("$1 = '[REDACTED]'");
    }
}
