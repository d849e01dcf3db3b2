package io.lakeport.core.export.choice;

import io.lakeport.core.export.request.EngineChoice;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the choice of an engine depends on, collected beforehand: the choice itself asks nobody.
 *
 * @param asked what the request says
 * @param allowed engines that the host permits; {@link EngineChoice#AUTO} is never among them
 * @param format file format
 * @param countable whether rows of a file of that format can be counted, which is how foreign files are proved
 * @param partitions how many partition columns there are
 * @param options names of the format's options
 * @param versioned whether the source has a version to pin, at which its rows are counted again
 * @param bytes what is to be written, about; empty when nobody knows
 * @param unloadFrom bytes from which on the warehouse writes by itself; positive
 * @param target scheme of the target, for example {@code s3}
 * @param reachable whether a warehouse can name the target at all
 * @param mayWrite whether the tenant's access permits statements that write
 * @param refusal what the workspace says against the target, empty when it says nothing or was not asked
 * @param noJob why no job can be deployed, empty when one can or nobody was asked
 */
public record Facts(
        EngineChoice asked,
        Set<EngineChoice> allowed,
        String format,
        boolean countable,
        int partitions,
        Set<String> options,
        boolean versioned,
        OptionalLong bytes,
        long unloadFrom,
        String target,
        boolean reachable,
        boolean mayWrite,
        Optional<String> refusal,
        Optional<String> noJob) {
    public Facts {
        Objects.requireNonNull(asked, "asked");
        allowed = Set.copyOf(allowed);
        Objects.requireNonNull(format, "format");
        options = Set.copyOf(options);
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(noJob, "noJob");
        if (partitions < 0 || unloadFrom < 1) {
            throw new IllegalArgumentException(
                    partitions + " partition columns and unloading from " + unloadFrom + " bytes make no sense");
        }
    }

    /** Returns these facts, with what the workspace said when it was asked. */
    Facts asked(OptionalLong size, Optional<String> against, Optional<String> againstJob) {
        return new Facts(
                asked,
                allowed,
                format,
                countable,
                partitions,
                options,
                versioned,
                size,
                unloadFrom,
                target,
                reachable,
                mayWrite,
                against,
                againstJob);
    }
}
