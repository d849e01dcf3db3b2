package io.lakeport.localworkspace.thrift;

/**
 * One message.
 *
 * @param name method it calls or answers
 * @param sequence number that an answer repeats
 * @param body arguments of a call, result of an answer
 */
record ThriftMessage(String name, int sequence, TStruct body) {}
