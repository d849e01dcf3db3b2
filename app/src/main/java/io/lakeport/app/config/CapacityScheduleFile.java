package io.lakeport.app.config;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.warehouse.Capacity;
import io.lakeport.core.warehouse.CapacitySchedule;
import io.lakeport.core.warehouse.CapacityWindow;
import io.lakeport.core.warehouse.Scaling;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Reads the schedule of a warehouse: docs/warehouses.md. */
public final class CapacityScheduleFile {
    private static final int ABBREVIATION = 3;

    private CapacityScheduleFile() {}

    /**
     * Reads a file.
     *
     * @throws LakeportException INVALID_REQUEST with line, key and remedy
     */
    public static CapacitySchedule load(Path file) {
        return parse(ConfigFile.read(file.toAbsolutePath().normalize()), file.toString());
    }

    /** Reads a document from text; {@code name} stands for it in errors. */
    public static CapacitySchedule parse(String text, String name) {
        ConfigObject root = ConfigObject.of(JsonDocument.parse(text, name), Set.of("zone", "windows", "otherwise"));
        JsonValue zone = root.require("zone", "whose clocks are meant, for example \"Europe/Berlin\"");
        List<CapacityWindow> windows =
                root.list("windows").stream().map(CapacityScheduleFile::window).toList();
        return new CapacitySchedule(
                time(zone, ZoneId::of, "a time zone such as \"Europe/Berlin\" or \"UTC\""),
                windows,
                capacity(root.require("otherwise", "what holds outside of the windows, for example \"stopped\"")));
    }

    private static CapacityWindow window(JsonValue value) {
        ConfigObject object = ConfigObject.of(value, Set.of("days", "from", "to", "capacity"));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        JsonValue listed = object.require("days", "for example [\"mon\", \"tue\"] or \"mon-fri\"");
        if (listed.content() instanceof String) {
            days.addAll(range(listed));
        } else {
            listed.array().forEach(day -> days.add(day(day, day.string())));
        }
        String clock = "a time of day such as \"07:30\"";
        LocalTime from = time(object.require("from", clock), LocalTime::parse, clock);
        LocalTime to = time(object.require("to", clock), LocalTime::parse, clock);
        Capacity capacity = capacity(object.require("capacity", "what holds in the window"));
        if (days.isEmpty()) {
            throw listed.error("no day is named; name at least one");
        }
        return new CapacityWindow(days, from, to, capacity);
    }

    private static Set<DayOfWeek> range(JsonValue value) {
        String[] ends = value.string().split("-", -1);
        DayOfWeek first = day(value, ends[0]);
        if (ends.length == 1) {
            return EnumSet.of(first);
        }
        DayOfWeek last = day(value, ends[ends.length - 1]);
        Set<DayOfWeek> days = EnumSet.of(first);
        for (DayOfWeek next = first; next != last; ) {
            next = next.plus(1);
            days.add(next);
        }
        return days;
    }

    private static DayOfWeek day(JsonValue value, String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(wanted)
                    || day.name().substring(0, ABBREVIATION).equals(wanted)) {
                return day;
            }
        }
        throw value.error("there is no day '" + name + "'; expected mon, tue, wed, thu, fri, sat or sun");
    }

    private static <T> T time(JsonValue value, Function<String, T> parser, String expected) {
        try {
            return parser.apply(value.string());
        } catch (DateTimeException e) {
            throw value.error("'" + value.string() + "' is not " + expected, e);
        }
    }

    private static Capacity capacity(JsonValue value) {
        if (value.content() instanceof String text) {
            if (text.equals("stopped")) {
                return new Capacity.Stopped();
            }
            throw value.error("expected \"stopped\" or an object with max_clusters, found '" + text + "'");
        }
        ConfigObject object = ConfigObject.of(value, Set.of("min_clusters", "max_clusters", "auto_stop", "warm"));
        int min = object.count("min_clusters", 0).orElse(1);
        Duration autoStop = object.find("auto_stop")
                .map(member -> member.string().equals("never")
                        ? Duration.ZERO
                        : ConfigObject.located(member, () -> Quantity.duration(member.string())))
                .orElseThrow(() -> object.missing("auto_stop", "idle time after which it stops, or \"never\""));
        int max = object.count("max_clusters", 0).orElse(min);
        try {
            return new Capacity.Ready(
                    new Scaling(min, max, autoStop),
                    object.find("warm").map(JsonValue::bool).orElse(false));
        } catch (LakeportException e) {
            throw value.error(e.getMessage(), e);
        }
    }
}
