package io.lakeport.localworkspace.sql.parse;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Parses statements with Spark's grammar. Thread-safe. */
public final class StatementParser {
    private StatementParser() {}

    /**
     * Returns the parse tree of one statement.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException PARSE_SYNTAX_ERROR with Spark's text
     */
    public static SqlBaseParser.SingleStatementContext parse(String sql) {
        return parse(sql, SqlBaseParser::singleStatement);
    }

    /** Returns the parse tree of a type text such as {@code DECIMAL(10,2)}. */
    public static SqlBaseParser.DataTypeContext parseType(String text) {
        return parse(text, SqlBaseParser::singleDataType).dataType();
    }

    /** Returns the parse tree of a table name of one to three levels. */
    public static SqlBaseParser.MultipartIdentifierContext parseName(String text) {
        return parse(text, SqlBaseParser::singleMultipartIdentifier).multipartIdentifier();
    }

    /** Returns the parse tree of an expression. */
    public static SqlBaseParser.ExpressionContext parseExpression(String text) {
        return parse(text, SqlBaseParser::singleExpression).namedExpression().expression();
    }

    /** Returns the parse tree of an INSERT, UPDATE, DELETE or MERGE. */
    public static SqlBaseParser.DmlStatementNoWithContext parseDml(String text) {
        if (parse(text).statement() instanceof SqlBaseParser.DmlStatementContext dml) {
            return dml.dmlStatementNoWith();
        }
        throw new IllegalArgumentException("This is no statement that changes rows: " + text);
    }

    private interface Rule<T extends ParserRuleContext> {
        T apply(SqlBaseParser parser);
    }

    private static <T extends ParserRuleContext> T parse(String sql, Rule<T> rule) {
        SqlBaseParser parser = parser(sql);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            // The fast strategy may fail on valid text; the full one decides, and it words the error.
            SqlBaseParser full = parser(sql);
            full.setErrorHandler(new SparkErrorStrategy());
            full.addErrorListener(new SyntaxErrors(sql));
            full.getInterpreter().setPredictionMode(PredictionMode.LL);
            return rule.apply(full);
        }
    }

    static CommonTokenStream tokens(String sql) {
        SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseStream(CharStreams.fromString(sql)));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new SyntaxErrors(sql));
        return new CommonTokenStream(lexer);
    }

    private static SqlBaseParser parser(String sql) {
        SqlBaseParser parser = new SqlBaseParser(tokens(sql));
        parser.removeErrorListeners();
        return parser;
    }
}
