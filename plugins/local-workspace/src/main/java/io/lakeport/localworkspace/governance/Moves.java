package io.lakeport.localworkspace.governance;

import java.util.ArrayList;
import java.util.List;

/** How the name of an object changes when what it lies in is renamed. */
final class Moves {
    private Moves() {}

    static Securable moved(Securable inside, Securable from, Securable to) {
        List<String> name = new ArrayList<>(to.name());
        name.addAll(inside.name().subList(from.name().size(), inside.name().size()));
        return new Securable(inside.type(), name);
    }
}
