package io.lakeport.localworkspace.statement;

/**
 * Why a statement failed.
 *
 * @param code error code of the API, for example BAD_REQUEST
 * @param message text for the client
 * @param sqlState SQLSTATE of five characters
 */
public record StatementError(String code, String message, String sqlState) {}
