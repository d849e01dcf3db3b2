package io.lakeport.localworkspace.thrift;

import java.util.List;

/**
 * A Thrift list.
 *
 * @param elementType Thrift type of its elements
 * @param elements values, as {@link TStruct} holds them
 */
record TList(byte elementType, List<Object> elements) {
    TList {
        elements = List.copyOf(elements);
    }

    static TList of(byte elementType, List<?> elements) {
        return new TList(elementType, List.copyOf(elements));
    }
}
