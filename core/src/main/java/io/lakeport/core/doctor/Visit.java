package io.lakeport.core.doctor;

import io.lakeport.core.tenant.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One run of the doctor: the patient, what is asked, and what earlier checks noted for later ones. Not thread-safe. */
public final class Visit {
    private final Patient patient;
    private final DoctorRequest request;
    private final Map<Class<?>, Object> notes = new HashMap<>();

    /** Begins a visit. */
    public Visit(Patient patient, DoctorRequest request) {
        this.patient = Objects.requireNonNull(patient, "patient");
        this.request = Objects.requireNonNull(request, "request");
    }

    /** Returns the patient. */
    public Patient patient() {
        return patient;
    }

    /** Returns the tenant. */
    public Tenant tenant() {
        return patient.tenant();
    }

    /** Returns what is asked beyond the connection. */
    public DoctorRequest request() {
        return request;
    }

    /** Notes a fact for later checks; one of a type. */
    public <T> void note(Class<T> type, T fact) {
        notes.put(type, fact);
    }

    /** Returns what was noted, empty when the check that knows it did not get so far. */
    public <T> Optional<T> noted(Class<T> type) {
        return Optional.ofNullable(notes.get(type)).map(type::cast);
    }
}
