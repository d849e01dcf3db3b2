import org.jspecify.annotations.NullMarked;

/** Domain, ports and use cases of Lakeport. Knows no framework and no adapter. */
@NullMarked
module io.lakeport.core {
    requires transitive org.jspecify;
    requires org.slf4j;

    exports io.lakeport.core.account;
    exports io.lakeport.core.arrow;
    exports io.lakeport.core.audit;
    exports io.lakeport.core.auth;
    exports io.lakeport.core.auth.profile;
    exports io.lakeport.core.auth.sealed;
    exports io.lakeport.core.auth.user;
    exports io.lakeport.core.catalog;
    exports io.lakeport.core.connector;
    exports io.lakeport.core.credential;
    exports io.lakeport.core.doctor;
    exports io.lakeport.core.doctor.setting;
    exports io.lakeport.core.doctor.walk;
    exports io.lakeport.core.error;
    exports io.lakeport.core.export;
    exports io.lakeport.core.export.advice;
    exports io.lakeport.core.export.choice;
    exports io.lakeport.core.export.engine;
    exports io.lakeport.core.export.job;
    exports io.lakeport.core.export.journal;
    exports io.lakeport.core.export.model;
    exports io.lakeport.core.export.port;
    exports io.lakeport.core.export.proof;
    exports io.lakeport.core.export.request;
    exports io.lakeport.core.export.run;
    exports io.lakeport.core.export.schedule;
    exports io.lakeport.core.format;
    exports io.lakeport.core.grant;
    exports io.lakeport.core.grant.plan;
    exports io.lakeport.core.guard;
    exports io.lakeport.core.intake;
    exports io.lakeport.core.job;
    exports io.lakeport.core.location;
    exports io.lakeport.core.manifest;
    exports io.lakeport.core.network;
    exports io.lakeport.core.oauthsecret;
    exports io.lakeport.core.principal;
    exports io.lakeport.core.query;
    exports io.lakeport.core.rotation;
    exports io.lakeport.core.secret;
    exports io.lakeport.core.simulator;
    exports io.lakeport.core.sql;
    exports io.lakeport.core.state;
    exports io.lakeport.core.store;
    exports io.lakeport.core.tenancy;
    exports io.lakeport.core.tenant;
    exports io.lakeport.core.time;
    exports io.lakeport.core.warehouse;
    exports io.lakeport.core.workspace;
}
