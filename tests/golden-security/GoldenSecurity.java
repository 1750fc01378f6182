import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Asks Apache Kafka 3.9's own authorizer and configuration definitions; README.md says how to run it. */
public class GoldenSecurity {
    static final Random RANDOM = new Random(39);
    static final String[] NAMES = {"a", "ab", "abc", "b", "*", "hardcode"};
    static final String[] PRINCIPALS = {"User:u", "User:v", "User:*"};
    static final String[] HOSTS = {"127.0.0.1", "10.0.0.1", "*"};
    static final AclOperation[] OPERATIONS = {AclOperation.ALL, AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE,
        AclOperation.DELETE, AclOperation.ALTER, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.ALTER_CONFIGS};
    static final ResourceType[] TYPES = {ResourceType.TOPIC, ResourceType.GROUP};

    static <T> T pick(T[] from) {
        return from[RANDOM.nextInt(from.length)];
    }

    static String text(StandardAcl acl) {
        return acl.resourceType().code() + " " + acl.patternType().code() + " " + acl.resourceName() + " " + acl.principal() + " "
            + acl.host() + " " + acl.operation().code() + " " + acl.permissionType().code();
    }

    static RequestContext context(String user, String host) throws Exception {
        return new RequestContext(new RequestHeader(ApiKeys.METADATA, (short) 9, "c", 1), "1", InetAddress.getByName(host),
            new KafkaPrincipal("User", user), ListenerName.normalised("X"), SecurityProtocol.SASL_PLAINTEXT,
            ClientInformation.EMPTY, false);
    }

    static char letter(AuthorizationResult result) {
        return result == AuthorizationResult.ALLOWED ? '+' : '-';
    }

    public static void main(String[] args) throws Exception {
        try (PrintStream out = new PrintStream(args[0] + "/authorizer.txt", StandardCharsets.UTF_8)) {
            for (int round = 0; round < 160; round++) authorizer(out, round % 2 == 0);
        }
        try (PrintStream out = new PrintStream(args[0] + "/configs.txt", StandardCharsets.UTF_8)) {
            configs(out, "topic", org.apache.kafka.storage.internals.log.LogConfig.configDefCopy());
            configs(out, "broker", kafka.server.KafkaConfig$.MODULE$.configDef());
        }
    }

    static void authorizer(PrintStream out, boolean allowIfNone) throws Exception {
        StandardAuthorizer authorizer = new StandardAuthorizer();
        authorizer.configure(Map.of("super.users", "User:root", "allow.everyone.if.no.acl.found", "" + allowIfNone));
        Set<StandardAcl> acls = new LinkedHashSet<>();
        for (int i = RANDOM.nextInt(9); i > 0; i--) {
            acls.add(new StandardAcl(pick(TYPES), pick(NAMES), RANDOM.nextBoolean() ? PatternType.LITERAL : PatternType.PREFIXED,
                pick(PRINCIPALS), pick(HOSTS), pick(OPERATIONS),
                RANDOM.nextInt(3) == 0 ? AclPermissionType.DENY : AclPermissionType.ALLOW));
        }
        Map<Uuid, StandardAcl> snapshot = new LinkedHashMap<>();
        for (StandardAcl acl : acls) snapshot.put(Uuid.randomUuid(), acl);
        authorizer.loadSnapshot(snapshot);
        authorizer.completeInitialLoad();
        out.println("acls " + allowIfNone);
        for (StandardAcl acl : acls) out.println("acl " + text(acl));
        for (String user : new String[] {"u", "v", "root"}) {
            for (String host : new String[] {"127.0.0.1", "10.0.0.1"}) {
                RequestContext who = context(user, host);
                for (ResourceType type : TYPES) {
                    for (String name : new String[] {"a", "abc", "abcd", "b", "z"}) questions(out, authorizer, who, user, host, type, name);
                    StringBuilder any = new StringBuilder();
                    for (AclOperation o : OPERATIONS) {
                        any.append(o == AclOperation.ALL ? '.' : letter(authorizer.authorizeByResourceType(who, o, type)));
                    }
                    out.println("any " + user + " " + host + " " + type.code() + " " + any);
                }
            }
        }
        for (int i = 0; i < 3; i++) filter(out, authorizer);
    }

    static void questions(PrintStream out, StandardAuthorizer authorizer, RequestContext who, String user, String host,
            ResourceType type, String name) {
        StringBuilder answers = new StringBuilder();
        for (AclOperation o : OPERATIONS) {
            if (o == AclOperation.ALL) {
                answers.append('.');
                continue;
            }
            ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
            answers.append(letter(authorizer.authorize(who, List.of(new Action(o, resource, 1, false, false))).get(0)));
        }
        out.println("ask " + user + " " + host + " " + type.code() + " " + name + " " + answers);
    }

    static void filter(PrintStream out, StandardAuthorizer authorizer) {
        PatternType pattern = pick(new PatternType[] {PatternType.ANY, PatternType.MATCH, PatternType.LITERAL, PatternType.PREFIXED});
        ResourceType type = pick(new ResourceType[] {ResourceType.ANY, ResourceType.TOPIC, ResourceType.GROUP});
        String name = pick(new String[] {null, "a", "abc", "*", "b"});
        String principal = pick(new String[] {null, null, "User:u", "User:*"});
        String host = pick(new String[] {null, null, "*", "127.0.0.1"});
        AclOperation operation = pick(new AclOperation[] {AclOperation.ANY, AclOperation.ANY, AclOperation.ALL, AclOperation.READ});
        AclPermissionType permission = pick(new AclPermissionType[] {AclPermissionType.ANY, AclPermissionType.ALLOW});
        out.println("filter " + type.code() + " " + pattern.code() + " " + (name == null ? "-" : name) + " "
            + (principal == null ? "-" : principal) + " " + (host == null ? "-" : host) + " " + operation.code() + " " + permission.code());
        Set<String> found = new TreeSet<>();
        for (AclBinding binding : authorizer.acls(new AclBindingFilter(new ResourcePatternFilter(type, name, pattern),
                new AccessControlEntryFilter(principal, host, operation, permission)))) {
            found.add(text(StandardAcl.fromAclBinding(binding)));
        }
        for (String acl : found) out.println("found " + acl);
    }

    static void configs(PrintStream out, String kind, ConfigDef definitions) {
        for (String name : new TreeSet<>(definitions.names())) {
            ConfigDef.ConfigKey key = definitions.configKeys().get(name);
            String value = key.defaultValue == null ? "null" : "\"" + ConfigDef.convertToString(key.defaultValue, key.type) + "\"";
            boolean dynamic = kind.equals("broker") && kafka.server.DynamicBrokerConfig.AllDynamicConfigs().contains(name);
            out.println(kind + " " + name + " " + key.type + " " + dynamic + " " + value);
        }
    }
}
