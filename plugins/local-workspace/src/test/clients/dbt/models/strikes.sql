{{ config(materialized='table') }}
SELECT * FROM samples.faa.birdstrikes
