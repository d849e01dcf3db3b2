package io.lakeport.core.export;

import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers manifests and writes their number. */
final class InMemoryCodec implements ManifestCodec {
    private final List<ExportManifest> known = new ArrayList<>();

    @Override
    public byte[] encode(ExportManifest manifest) {
        known.add(manifest);
        return String.valueOf(known.size() - 1).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ExportManifest decode(byte[] bytes, String origin) {
        return known.get(Integer.parseInt(new String(bytes, StandardCharsets.UTF_8)));
    }
}
