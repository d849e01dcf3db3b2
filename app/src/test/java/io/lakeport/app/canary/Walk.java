package io.lakeport.app.canary;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks every object of Lakeport that can be reached from another for its text. */
final class Walk {
    private static final int MOST = 50_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final Set<String> types = new TreeSet<>();

    /** Hands over the text of each, and returns the names of the types. */
    Set<String> from(Object root, Consumer<String> texts) throws IllegalAccessException {
        add(root);
        while (!waiting.isEmpty() && seen.size() < MOST) {
            Object next = waiting.poll();
            if (next instanceof Collection<?> all) {
                all.forEach(this::add);
            } else if (next instanceof Map<?, ?> map) {
                map.values().forEach(this::add);
            } else if (next instanceof Optional<?> maybe) {
                maybe.ifPresent(this::add);
            } else if (next.getClass().getName().startsWith("io.lakeport.")) {
                types.add(next.getClass().getName());
                texts.accept(next.getClass().getName() + ": " + next);
                fields(next, next.getClass());
            }
        }
        return types;
    }

    private void fields(Object owner, Class<?> type) throws IllegalAccessException {
        for (Class<?> level = type;
                level != null && level.getName().startsWith("io.lakeport.");
                level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(field.get(owner));
                }
            }
        }
    }

    private void add(Object one) {
        if (one != null && !(one instanceof String) && seen.add(one)) {
            waiting.add(one);
        }
    }
}
