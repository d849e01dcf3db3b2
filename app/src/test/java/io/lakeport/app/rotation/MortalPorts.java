package io.lakeport.app.rotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Ports whose changes are counted and printed, and at one of which the process dies as by kill -9. */
final class MortalPorts {
    private static final int KILLED = 137;

    private final int fatal;
    private final boolean before;
    private int count;

    /**
     * @param fatal which change is the last, from 1
     * @param before whether the process dies before it happens, or after
     */
    MortalPorts(int fatal, boolean before) {
        this.fatal = fatal;
        this.before = before;
    }

    /** Wraps a port; methods of these names change something. */
    <T> T wrap(Class<T> type, T port, Set<String> changing) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean changes = changing.contains(method.getName());
                    if (changes && ++count == fatal && before) {
                        Runtime.getRuntime().halt(KILLED);
                    }
                    try {
                        return method.invoke(port, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (changes) {
                            System.out.println("change " + count + " " + type.getSimpleName() + "." + method.getName());
                            System.out.flush();
                        }
                        if (changes && count == fatal) {
                            Runtime.getRuntime().halt(KILLED);
                        }
                    }
                }));
    }
}
