package io.lakeport.storage.delta;

import java.lang.reflect.Constructor;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.format.converter.ParquetMetadataConverter.MetadataFilter;
import org.apache.parquet.hadoop.ParquetMetricsCallback;

/**
 * How parquet-java reads. Its builder of options takes default values from a class of Hadoop's input formats, and with
 * them all of Hadoop; reading itself needs none of it. So the options are made by the constructor behind the builder,
 * which is why this is bound to one version of parquet-java, and a test reads checkpoints without Hadoop.
 */
final class ReadOptions {
    private static final int MAX_ALLOCATION = 8 << 20;

    private ReadOptions() {}

    static ParquetReadOptions withoutHadoop() {
        boolean no = false;
        try {
            return constructor()
                    .newInstance(
                            no,
                            no,
                            no,
                            no,
                            no,
                            no,
                            no,
                            no,
                            no,
                            FilterCompat.NOOP,
                            ParquetMetadataConverter.NO_FILTER,
                            new LogCodecs(),
                            new HeapByteBufferAllocator(),
                            MAX_ALLOCATION,
                            Map.of(),
                            null,
                            null,
                            new PlainParquetConfiguration());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of parquet-java than the one Lakeport is built with", e);
        }
    }

    private static Constructor<ParquetReadOptions> constructor() throws NoSuchMethodException {
        Class<?> flag = boolean.class;
        Constructor<ParquetReadOptions> constructor = ParquetReadOptions.class.getDeclaredConstructor(
                flag,
                flag,
                flag,
                flag,
                flag,
                flag,
                flag,
                flag,
                flag,
                FilterCompat.Filter.class,
                MetadataFilter.class,
                CompressionCodecFactory.class,
                ByteBufferAllocator.class,
                int.class,
                Map.class,
                FileDecryptionProperties.class,
                ParquetMetricsCallback.class,
                ParquetConfiguration.class);
        constructor.setAccessible(true);
        return constructor;
    }
}
