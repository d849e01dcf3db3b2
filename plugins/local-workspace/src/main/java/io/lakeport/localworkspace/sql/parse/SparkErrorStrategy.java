package io.lakeport.localworkspace.sql.parse;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Words syntax errors as Spark does: the offending token, and a hint when one token too many or too few explains it. */
final class SparkErrorStrategy extends DefaultErrorStrategy {
    @Override
    protected void reportInputMismatch(Parser recognizer, InputMismatchException e) {
        report(recognizer, e.getOffendingToken(), "", e);
    }

    @Override
    protected void reportNoViableAlternative(Parser recognizer, NoViableAltException e) {
        report(recognizer, e.getOffendingToken(), "", e);
    }

    @Override
    protected void reportUnwantedToken(Parser recognizer) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            Token token = recognizer.getCurrentToken();
            report(recognizer, token, ": extra input " + display(token), null);
        }
    }

    @Override
    protected void reportMissingToken(Parser recognizer) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            String expected = getExpectedTokens(recognizer).toString(recognizer.getVocabulary());
            report(recognizer, recognizer.getCurrentToken(), ": missing " + expected, null);
        }
    }

    private void report(
            Parser recognizer,
            Token token,
            String hint,
            @org.jspecify.annotations.Nullable RecognitionException cause) {
        recognizer.notifyErrorListeners(token, "at or near " + display(token) + hint, cause);
    }

    private static String display(Token token) {
        return token.getType() == Token.EOF ? "end of input" : "'" + token.getText() + "'";
    }
}
