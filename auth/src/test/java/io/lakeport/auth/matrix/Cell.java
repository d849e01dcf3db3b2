package io.lakeport.auth.matrix;

import io.lakeport.core.auth.SignedIn;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One cell of the matrix.
 *
 * @param method of signing in
 * @param world what is wrong, or that nothing is
 * @param expected code of the error, or {@code ok}
 * @param ours signs in and tries the credential
 * @param sdk does the same by the official SDK's own provider, where it has one that can be pointed at a local server
 */
record Cell(String method, String world, String expected, Callable<SignedIn> ours, Optional<Callable<String>> sdk) {
    static final String OK = "ok";

    /** What became of a cell. */
    record Outcome(String method, String world, String expected, String ours, String advice, String sdk) {
        boolean isAsExpected() {
            return ours.equals(expected);
        }
    }
}
