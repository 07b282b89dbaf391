using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Keywords of mosquitto.conf (2.0) that EdgeBroker does not have.</summary>
public static class MissingKeywords
{
    private static readonly string[] _prefixes = ["auth_opt_", "plugin_opt_", "bridge_"];

    private static readonly HashSet<string> _names =
    [
        // Security.
        "acl_file", "password_file", "psk_file", "psk_hint", "user", "cafile", "capath",
        "certfile", "keyfile", "ciphers", "ciphers_tls1.3", "crlfile", "dhparamfile",
        "require_certificate", "tls_version", "tls_engine", "tls_engine_kpass_sha1",
        "tls_keyform", "use_identity_as_username", "use_subject_as_username",
        "use_username_as_clientid", "clientid_prefixes", "check_retain_source", "auth_plugin",
        "auth_plugin_deny_special_chars", "plugin", "global_plugin",
        // Files and processes.
        "include_dir", "per_listener_settings", "log_dest", "log_facility",
        "log_timestamp_format", "autosave_interval", "autosave_on_changes", "persistence_file",
        "persistence_location", "retained_persistence", "persistent_client_expiration",
        // Listeners.
        "bind_interface", "http_dir", "mount_point", "protocol", "socket_domain",
        "set_tcp_nodelay", "websockets_headers_size", "websockets_log_level",
        "websockets_origin", "accept_protocol_versions",
        // Messages.
        "allow_duplicate_messages", "max_inflight_bytes", "max_inflight_messages",
        "max_topic_alias", "max_topic_alias_broker", "maximum_qos", "message_size_limit",
        "queue_qos0_messages", "retry_interval", "upgrade_outgoing_qos", "global_max_clients",
        "global_max_connections",
        // Bridges.
        "address", "addresses", "cleansession", "clientid", "connection", "idle_timeout",
        "keepalive_interval", "local_cleansession", "local_clientid", "local_password",
        "local_username", "notification_topic", "notifications", "notifications_local_only",
        "password", "remote_clientid", "remote_password", "remote_username",
        "restart_timeout", "round_robin", "start_type", "threshold", "topic", "try_private",
        "username",
    ];

    /// <summary>Whether mosquitto knows the keyword.</summary>
    public static bool Contains(string name)
    {
        return _names.Contains(name)
            || _prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
