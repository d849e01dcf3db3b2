{{ config(materialized='view') }}
SELECT count(*) AS n FROM {{ ref('strikes') }}
