package io.lakeport.app.scope;

import java.util.Locale;
import java.util.Set;

/**
 * The built-in functions whose values follow from their arguments alone (Databricks SQL reference, "Built-in
 * functions"). A list of those that are safe and not of those that are not, because customers and new versions of
 * Databricks bring functions that nobody here has heard of. A name of one level means the built-in function wherever
 * there is one ("Function invocation").
 */
final class StableFunctions {
    private static final Set<String> NAMES = Set.of("""
            any_value approx_count_distinct approx_percentile approx_top_k array_agg avg bit_and bit_or bit_xor bool_and
            bool_or collect_list collect_set corr count count_if covar_pop covar_samp every first first_value grouping
            grouping_id histogram_numeric kurtosis last last_value listagg max max_by mean median min min_by mode
            percentile percentile_approx percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept
            regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness some std stddev stddev_pop stddev_samp string_agg sum
            try_avg try_sum var_pop var_samp variance
            cume_dist dense_rank lag lead nth_value ntile percent_rank rank row_number
            abs acos acosh asin asinh atan atan2 atanh bin bit_count bit_get bround cbrt ceil ceiling conv cos cosh cot csc
            degrees e exp expm1 factorial floor getbit greatest hex hypot least ln log log10 log1p log2 mod negative pi
            pmod positive pow power radians rint round sec shiftleft shiftright shiftrightunsigned sign signum sin sinh
            sqrt tan tanh try_add try_divide try_mod try_multiply try_subtract unhex width_bucket
            ascii base64 bit_length btrim char char_length character_length charindex chr concat concat_ws contains decode
            elt encode endswith find_in_set format_number format_string initcap instr lcase left len length levenshtein
            locate lower lpad ltrim luhn_check mask octet_length overlay parse_url position printf regexp_count
            regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse
            right rpad rtrim sentences soundex space split split_part startswith substr substring substring_index
            to_binary to_char to_number to_varchar translate trim try_to_binary try_to_number ucase unbase64 upper
            url_decode url_encode
            crc32 hash md5 sha sha1 sha2 xxhash64
            add_months date_add date_diff date_format date_from_unix_date date_part date_sub date_trunc dateadd datediff
            datepart day dayname dayofmonth dayofweek dayofyear extract from_unixtime from_utc_timestamp hour last_day
            make_date make_dt_interval make_interval make_timestamp make_ym_interval minute month monthname months_between
            next_day quarter second timediff timestamp_micros timestamp_millis timestamp_seconds timestampadd
            timestampdiff to_date to_timestamp to_utc_timestamp trunc try_to_date try_to_timestamp unix_date unix_micros
            unix_millis unix_seconds weekday weekofyear year
            coalesce equal_null if iff ifnull isnan isnotnull isnull nanvl nullif nullifzero nvl nvl2 zeroifnull
            bigint binary boolean cast date decimal double float int smallint string timestamp tinyint try_cast typeof
            aggregate array array_append array_compact array_contains array_distinct array_except array_insert
            array_intersect array_join array_max array_min array_position array_prepend array_remove array_repeat
            array_size array_sort array_union arrays_overlap arrays_zip cardinality element_at exists explode
            explode_outer filter flatten forall get inline inline_outer map map_concat map_contains_key map_entries
            map_filter map_from_arrays map_from_entries map_keys map_values map_zip_with named_struct posexplode
            posexplode_outer range reduce sequence size slice sort_array stack str_to_map struct transform
            transform_keys transform_values try_element_at zip_with
            from_csv from_json get_json_object is_variant_null json_array_length json_object_keys json_tuple parse_json
            schema_of_json schema_of_variant to_csv to_json try_parse_json try_variant_get variant_get
            """.strip().split("\\s+"));

    /** Words that stand before a parenthesis and call nothing: clauses, operators, types. */
    private static final Set<String> NO_CALLS = Set.of("""
            ALL AND ANY AS BETWEEN BY CASE CHAR CUBE DECIMAL DEC NUMERIC VARCHAR DISTINCT ELSE EXCEPT FROM GROUPING_SETS
            HAVING IN INTERSECT JOIN LATERAL LIKE ILIKE RLIKE REGEXP LIMIT MINUS NOT OFFSET ON OR OVER PIVOT QUALIFY ROLLUP
            SELECT SETS TABLE THEN UNION UNPIVOT USING VALUES WHEN WHERE GROUP ROWS STRUCT
            """.strip().split("\\s+"));

    private StableFunctions() {}

    static boolean has(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isNoCall(String word) {
        return NO_CALLS.contains(word.toUpperCase(Locale.ROOT));
    }
}
