package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Token;
import io.lakeport.core.sql.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads off a statement the catalogs that it names: names of three levels where a table or function stands, and names
 * that are catalogs by their place ({@code USE CATALOG}, {@code SHOW SCHEMAS IN}). What hides its tables from such a
 * reading (names made from text, files named in place of tables) is told apart, because it must be refused.
 */
final class CatalogNames {
    private static final Set<String> TABLE_FOLLOWS = Set.of(
            "FROM",
            "JOIN",
            "INTO",
            "UPDATE",
            "TABLE",
            "OVERWRITE",
            "USING",
            "VIEW",
            "DESCRIBE",
            "DESC",
            "EXTENDED",
            "FORMATTED",
            "LIKE",
            "CLONE",
            "EXISTS",
            "IN",
            "USE",
            "CATALOG",
            "SCHEMA",
            "DATABASE",
            "FUNCTION",
            "VOLUME",
            "ON",
            "TO",
            "HISTORY",
            "DETAIL",
            "TBLPROPERTIES",
            "COLUMN");
    /** Behind these a parenthesis may hold a table instead of a query. */
    private static final Set<String> RELATION_FOLLOWS = Set.of("FROM", "JOIN", "TABLE");

    private static final Set<String> LIST_ENDS =
            Set.of("SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "VALUES", "WINDOW", "QUALIFY");
    private static final Set<String> FILE_FORMATS =
            Set.of("delta", "parquet", "csv", "json", "text", "orc", "avro", "binaryfile", "xml", "iceberg");
    /** Functions that read what their arguments name, and secrets that belong to the whole workspace. */
    private static final Set<String> DYNAMIC = Set.of(
            "IDENTIFIER",
            "READ_FILES",
            "REMOTE_QUERY",
            "CLOUD_FILES",
            "EVENT_LOG",
            "VECTOR_SEARCH",
            "READ_STATESTORE",
            "READ_STATE_METADATA",
            "SECRET",
            "TRY_SECRET",
            "LIST_SECRETS");
    /** What SHOW may be asked for; the rest tells of the whole workspace. */
    private static final Set<String> SHOWN = Set.of(
            "SCHEMAS",
            "DATABASES",
            "TABLES",
            "TABLE",
            "VIEWS",
            "COLUMNS",
            "FUNCTIONS",
            "VOLUMES",
            "PARTITIONS",
            "TBLPROPERTIES",
            "CREATE",
            "GRANTS",
            "GRANT");
    /** Statements that begin with a query; in others every name of several levels is an object's. */
    private static final Set<String> QUERIES = Set.of(
            "SELECT", "WITH", "VALUES", "FROM", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "EXPLAIN", "COPY");

    private static final Set<String> BEGIN_QUERY = Set.of("AS", "SELECT", "WITH", "WHERE", "SET", "VALUES", "RETURN");

    private final List<Token> tokens;
    private final Set<String> catalogs = new LinkedHashSet<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private final Set<SchemaRef> schemas = new LinkedHashSet<>();
    private boolean withoutCatalog;
    private boolean withoutSchema;
    private boolean query;
    private boolean objectsOnly;
    private int depth;
    private final Deque<Boolean> outerLists = new ArrayDeque<>();
    private boolean inList;
    private boolean tableNext;
    private String before = "";
    private int at;

    private CatalogNames(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * A schema that is named.
     *
     * @param catalog of the schema, empty when the name has none: it is in the statement's own
     */
    record SchemaRef(Optional<String> catalog, String schema) {}

    static CatalogNames of(List<Token> tokens) {
        CatalogNames names = new CatalogNames(tokens);
        names.begin();
        while (names.at < tokens.size()) {
            names.next();
        }
        return names;
    }

    /** Returns the catalogs that are named. */
    Set<String> catalogs() {
        return catalogs;
    }

    /** Returns the schemas that are named. */
    Set<SchemaRef> schemas() {
        return schemas;
    }

    /** Returns whether a table or function is named without its catalog. */
    boolean withoutCatalog() {
        return withoutCatalog;
    }

    /** Returns whether a table is named without its schema. */
    boolean withoutSchema() {
        return withoutSchema;
    }

    /** Returns what could name a catalog without showing it, for example {@code IDENTIFIER(…)}. */
    Set<String> hidden() {
        return hidden;
    }

    private void begin() {
        Optional<String> first = tokens.stream()
                .filter(token -> !token.isSymbol('('))
                .findFirst()
                .map(Token::text);
        String verb = first.orElse("").toUpperCase(Locale.ROOT);
        query = QUERIES.contains(verb);
        objectsOnly = !query;
        boolean showsAll = verb.equals("SHOW") && tokens.stream().limit(4).noneMatch(this::isShown);
        boolean ofWorkspace = (verb.equals("DESCRIBE") || verb.equals("DESC"))
                && tokens.size() > 1
                && tokens.get(1)
                        .text()
                        .toUpperCase(Locale.ROOT)
                        .matches("EXTERNAL|STORAGE|SERVICE|CONNECTION|SHARE|PROVIDER|RECIPIENT|CREDENTIAL");
        if (showsAll || ofWorkspace) {
            hidden.add(verb + (tokens.size() > 1 ? " " + tokens.get(1).text() : "") + " of the whole workspace");
        }
    }

    private boolean isShown(Token token) {
        return token.kind() == SqlTokens.Kind.WORD
                && SHOWN.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private void next() {
        Token token = tokens.get(at);
        if (token.isName()) {
            name();
            return;
        }
        if (token.isSymbol('(')) {
            outerLists.push(inList);
            depth++;
            // FROM (t) is FROM t; IN (a.b.c) names no table.
            tableNext &= before.isEmpty() || RELATION_FOLLOWS.contains(before);
            inList = tableNext;
        } else if (token.isSymbol(')')) {
            inList = !outerLists.isEmpty() && outerLists.pop();
            depth--;
            tableNext = false;
        } else {
            tableNext = token.isSymbol(',') && inList;
        }
        before = "";
        at++;
    }

    private void name() {
        List<Token> parts = dotted();
        Token first = parts.get(0);
        boolean call = at < tokens.size() && tokens.get(at).isSymbol('(');
        String upper = first.text().toUpperCase(Locale.ROOT);
        boolean keyword = parts.size() == 1 && first.kind() == SqlTokens.Kind.WORD;
        if (keyword && ((call && DYNAMIC.contains(upper)) || (upper.equals("IMMEDIATE") && before.equals("EXECUTE")))) {
            hidden.add(upper);
        }
        if (keyword && call && upper.equals("TABLE_CHANGES")) {
            tableInText();
        }
        objectsOnly &= !(keyword && BEGIN_QUERY.contains(upper));
        boolean catalog = tableNext && isCatalogPlace(parts.size()) && !upper.equals("ON");
        boolean joins = query && upper.equals("ON");
        if (keyword && joins) {
            // What follows is a condition, and no object as behind GRANT … ON.
            tableNext = false;
        } else if (keyword && TABLE_FOLLOWS.contains(upper) && !catalog) {
            tableNext = true;
            inList |= upper.equals("FROM");
        } else if (keyword && LIST_ENDS.contains(upper) && !isAlias()) {
            inList = false;
            tableNext = false;
        } else {
            record(parts, call);
        }
        before = keyword ? upper : "";
    }

    /** Most words may be an alias as well; a clause never begins with a comma. */
    private boolean isAlias() {
        return at < tokens.size() && tokens.get(at).isSymbol(',');
    }

    /** The change data feed names its table in a literal. */
    private void tableInText() {
        Token name = at + 1 < tokens.size() ? tokens.get(at + 1) : tokens.get(at);
        try {
            if (name.kind() == SqlTokens.Kind.STRING) {
                TableName.parse(name.text()).catalog().ifPresent(catalog -> catalogs.add(catalog.value()));
                return;
            }
        } catch (IllegalArgumentException e) {
            // What is no name hides one as far as can be told; the server's own message would come too late.
        }
        hidden.add("TABLE_CHANGES");
    }

    /** Reads {@code a.b.c}, and leaves the position behind it. */
    private List<Token> dotted() {
        List<Token> parts = new ArrayList<>();
        parts.add(tokens.get(at++));
        while (at + 1 < tokens.size()
                && tokens.get(at).isSymbol('.')
                && tokens.get(at + 1).isName()) {
            parts.add(tokens.get(at + 1));
            at += 2;
        }
        return parts;
    }

    private void record(List<Token> parts, boolean call) {
        String first = parts.get(0).text();
        tableNext |= objectsOnly && depth == 0 && parts.size() > 1;
        recordSchema(parts, call);
        if ((tableNext || call) && parts.size() >= 3) {
            catalogs.add(first);
        } else if (tableNext && isCatalogPlace(parts.size())) {
            catalogs.add(first);
        } else if (tableNext
                && parts.size() == 2
                && FILE_FORMATS.contains(first.toLowerCase(Locale.ROOT))
                && (parts.get(1).text().contains("/") || parts.get(1).kind() == SqlTokens.Kind.QUOTED)) {
            hidden.add(first + " files by path");
        }
        tableNext = false;
    }

    private void recordSchema(List<Token> parts, boolean call) {
        String first = parts.get(0).text();
        if (parts.size() >= 3 && (tableNext || call)) {
            schemas.add(new SchemaRef(Optional.of(first), parts.get(1).text()));
        } else if (parts.size() == 2 && tableNext && isCatalogPlace(2)) {
            schemas.add(new SchemaRef(Optional.of(first), parts.get(1).text()));
        } else if (parts.size() == 2 && (tableNext || call)) {
            schemas.add(new SchemaRef(Optional.empty(), first));
            withoutCatalog = true;
        } else if (parts.size() == 1 && tableNext && isSchemaPlace()) {
            schemas.add(new SchemaRef(Optional.empty(), first));
            withoutCatalog = true;
        } else if (parts.size() == 1 && tableNext && !isCatalogPlace(1)) {
            withoutCatalog |= !call;
            withoutSchema |= !call;
        }
    }

    /** Whether a name of one level is a schema here. */
    private boolean isSchemaPlace() {
        boolean show = !tokens.isEmpty() && tokens.get(0).isWord("SHOW");
        boolean shown = show
                && (before.equals("IN") || before.equals("FROM"))
                && !isCatalogPlace(1)
                && !tokens.get(1).isWord("COLUMNS");
        return shown || before.equals("SCHEMA") || before.equals("DATABASE") || before.equals("USE");
    }

    /** Whether a name of one or two levels begins with a catalog here. */
    private boolean isCatalogPlace(int levels) {
        boolean show = !tokens.isEmpty() && tokens.get(0).isWord("SHOW");
        boolean showSchemas = show
                && tokens.size() > 1
                && (tokens.get(1).isWord("SCHEMAS") || tokens.get(1).isWord("DATABASES"));
        if (levels == 1) {
            return before.equals("CATALOG") || (showSchemas && (before.equals("IN") || before.equals("FROM")));
        }
        boolean inSchema = show && (before.equals("IN") || before.equals("FROM"));
        return levels == 2
                && (inSchema || before.equals("SCHEMA") || before.equals("DATABASE") || before.equals("USE"));
    }
}
