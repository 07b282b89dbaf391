using System;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Keywords of mosquitto.conf that EdgeBroker does not have, for one reason.</summary>
/// <param name="IsHarmless">
/// Whether a broker without it is as safe and as useful: then a line says so at the start, and
/// else the broker does not start.
/// </param>
/// <param name="Why">The reason, and what to do about it.</param>
/// <param name="Names">The keywords; one that ends with * stands for all that begin so.</param>
public sealed record AbsentKeywords(bool IsHarmless, string Why, params string[] Names)
{
    /// <summary>All of them.</summary>
    public static AbsentKeywords[] All { get; } =
    [
        // What a broker without is just as safe and useful.
        new(true, "retained messages are lost when the broker ends; it cannot store them yet",
            "persistence_location", "persistence_file", "autosave_interval",
            "autosave_on_changes", "retained_persistence"),
        new(true, "the broker keeps the user that started it", "user"),
        new(true, "there is no syslog yet", "log_facility"),
        new(true, "times are always written like 2026-11-20T13:10:38.796Z",
            "log_timestamp_format"),
        new(true, "only their number is limited, by max_inflight_messages", "max_inflight_bytes"),
        new(true, "a message is sent again when its client has come back", "retry_interval"),
        new(true, "messages of QoS 0 wait for clients that are there, not for others",
            "queue_qos0_messages"),
        new(true, "a message never goes out with a higher QoS than it came in with",
            "upgrade_outgoing_qos"),
        new(true, "TCP_NODELAY is always on", "set_tcp_nodelay"),
        new(true, "topic aliases are not there yet, and clients are told so",
            "max_topic_alias", "max_topic_alias_broker"),
        new(true, "a client with overlapping subscriptions gets a message once",
            "allow_duplicate_messages"),
        new(true, "there are no access rights that could change", "check_retain_source"),
        new(true, "there are no WebSockets yet",
            "websockets_headers_size", "websockets_log_level"),
        new(true, "there are no plugins", "auth_plugin_deny_special_chars"),

        // What would be missed, or would leave the broker open.
        new(false, "there are no passwords yet; remove the line, and then \"allow_anonymous "
            + "true\" lets everybody in and \"allow_anonymous false\" nobody",
            "password_file", "auth_plugin", "auth_opt_*", "plugin", "plugin_opt_*",
            "global_plugin", "psk_file", "psk_hint", "use_identity_as_username",
            "use_subject_as_username", "use_username_as_clientid"),
        new(false, "there are no access rights yet; remove the line if every client may "
            + "use every topic", "acl_file", "clientid_prefixes"),
        new(false, "there is no TLS yet; remove the line, or put a TLS proxy in front",
            "cafile", "capath", "certfile", "keyfile", "ciphers", "ciphers_tls1.3", "crlfile",
            "dhparamfile", "require_certificate", "tls_version", "tls_engine",
            "tls_engine_kpass_sha1", "tls_keyform"),
        new(false, "name the address at the listener instead: listener PORT ADDRESS",
            "bind_interface", "socket_domain"),
        new(false, "there is no web server; remove the line", "http_dir"),
        new(false, "there are no WebSockets yet; remove the line", "websockets_origin"),
        new(false, "topics cannot be prefixed; remove the line", "mount_point"),
        new(false, "use max_packet_size instead", "message_size_limit"),
        new(false, "use max_qos instead", "maximum_qos"),
        new(false, "use max_connections instead", "global_max_clients",
            "global_max_connections"),
        new(false, "clients of 3.1.1 and 5.0 are always taken; remove the line",
            "accept_protocol_versions"),
        new(false, "there are no bridges; let a mosquitto with a bridge connect to this broker",
            "connection", "address", "addresses", "bridge_*", "cleansession", "clientid",
            "idle_timeout", "keepalive_interval", "local_cleansession", "local_clientid",
            "local_password", "local_username", "notification_topic", "notifications",
            "notifications_local_only", "password", "remote_clientid", "remote_password",
            "remote_username", "restart_timeout", "round_robin", "start_type", "threshold",
            "topic", "try_private", "username"),
    ];

    /// <summary>Finds those that a keyword belongs to.</summary>
    /// <returns>Null when mosquitto does not know the keyword.</returns>
    public static AbsentKeywords? Find(string name)
    {
        return Array.Find(All, absent => absent.Names.Any(known => Covers(known, name)));
    }

    private static bool Covers(string known, string name)
    {
        return known.EndsWith('*')
            ? name.StartsWith(known[..^1], StringComparison.Ordinal)
            : name == known;
    }
}
