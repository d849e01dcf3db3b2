package io.lakeport.storage.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Text that is JSON already, put into other JSON as it is, so that no digit is lost. It is parsed first: text that is not
 * one JSON value becomes a string, and line breaks between its parts become blanks.
 */
final class EmbeddedJson implements CellText {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonString strings;

    EmbeddedJson(JsonString strings) {
        this.strings = strings;
    }

    @Override
    public void write(GrowingBytes out, ArrowColumn column, int row) {
        int at = Utf8Text.copy(out, column, row);
        if (isOneValue(out.array(), at, out.size() - at)) {
            // Inside its strings a control character would have been refused.
            for (int i = at; i < out.size(); i++) {
                if (out.array()[i] >= 0 && out.array()[i] < ' ') {
                    out.array()[i] = ' ';
                }
            }
        } else {
            strings.write(out, new String(out.take(at), StandardCharsets.UTF_8));
        }
    }

    private static boolean isOneValue(byte[] bytes, int start, int count) {
        try (JsonParser parser = JSON.createParser(bytes, start, count)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.getTextLength();
            return parser.nextToken() == null;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
