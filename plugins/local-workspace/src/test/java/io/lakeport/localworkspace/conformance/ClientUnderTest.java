package io.lakeport.localworkspace.conformance;

/** A test that is run once for each of several clients. */
public interface ClientUnderTest {
    /** Returns the client's name, as the report's column has it. */
    String clientName();
}
