{{ config(materialized='incremental', unique_key='id') }}
SELECT id, 'row ' || id AS name FROM range(10)
{% if is_incremental() %} WHERE id > 5 {% endif %}
