package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Kind;
import io.lakeport.app.scope.SqlTokens.Token;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows keys of clouds in the text of statements: by the names that {@code COPY INTO} and Hadoop's file systems have for
 * them (Databricks SQL reference, "COPY INTO", {@code CREDENTIAL}), and by the forms that AWS and Azure gave them.
 */
final class KeyInSql {
    private static final Pattern NAME = Pattern.compile("(?i)AWS_(ACCESS_KEY(_ID)?|SECRET_(ACCESS_)?KEY|SESSION_TOKEN)"
            + "|AZURE_SAS_TOKEN|fs\\.s3[an]?\\.(access|secret|session)\\.(key|token)"
            + "|fs\\.azure\\.(account\\.key|sas|account\\.oauth2\\.client\\.secret)\\b.*");
    private static final Pattern VALUE = Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|[?&]sig=[^&]{20,}");

    private KeyInSql() {}

    static boolean isIn(List<Token> statement) {
        for (int i = 0; i < statement.size(); i++) {
            Token token = statement.get(i);
            boolean string = token.kind() == Kind.STRING;
            boolean named = token.kind() != Kind.SYMBOL
                    && NAME.matcher(token.text()).matches()
                    && i + 1 < statement.size()
                    && isValue(statement, i + 1);
            if (named || string && VALUE.matcher(token.text()).find()) {
                return true;
            }
        }
        return false;
    }

    /** {@code NAME = 'value'} or {@code 'name' 'value'}; a parameter in its place is no key. */
    private static boolean isValue(List<Token> statement, int at) {
        int value = statement.get(at).isSymbol('=') ? at + 1 : at;
        return value < statement.size() && statement.get(value).kind() == Kind.STRING;
    }
}
