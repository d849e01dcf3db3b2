package io.lakeport.localworkspace.sql.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/** Shows the lexer upper-case characters, because Spark's keywords are; the text itself stays as written. */
final class UpperCaseStream implements CharStream {
    private final CharStream text;

    UpperCaseStream(CharStream text) {
        this.text = text;
    }

    @Override
    public int LA(int offset) {
        int c = text.LA(offset);
        return c <= 0 ? c : Character.toUpperCase(c);
    }

    @Override
    public String getText(Interval interval) {
        // ANTLR asks for the text of the end of input, which some streams refuse.
        return size() > 0 && interval.b >= interval.a ? text.getText(interval) : "";
    }

    @Override
    public void consume() {
        text.consume();
    }

    @Override
    public int mark() {
        return text.mark();
    }

    @Override
    public void release(int marker) {
        text.release(marker);
    }

    @Override
    public int index() {
        return text.index();
    }

    @Override
    public void seek(int index) {
        text.seek(index);
    }

    @Override
    public int size() {
        return text.size();
    }

    @Override
    public String getSourceName() {
        return text.getSourceName();
    }
}
