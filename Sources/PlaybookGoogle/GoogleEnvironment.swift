/// Where Google's services and credentials are, as the environment says: each property is nil when its variable is not
/// set. Nothing in this module reads the environment itself.
public struct GoogleEnvironment: Hashable, Sendable {
    /// `GOOGLE_APPLICATION_CREDENTIALS`: the path of a credentials file.
    public var applicationCredentials: String?
    /// `STORAGE_EMULATOR_HOST`: Cloud Storage is there, `host:port` or a URL, and wants no token.
    public var emulatorHost: String?
    /// `GCE_METADATA_HOST`: `host` or `host:port` of the metadata server.
    public var metadataHost: String?
    /// gcloud's folder: `CLOUDSDK_CONFIG`, else `.config/gcloud` in the home folder.
    public var gcloudFolder: String?
    /// Another address of Cloud Storage than `https://storage.googleapis.com`.
    public var storageEndpoint: String?

    /// What the environment says.
    public init(
        applicationCredentials: String? = nil, emulatorHost: String? = nil, metadataHost: String? = nil,
        gcloudFolder: String? = nil, storageEndpoint: String? = nil
    ) {
        self.applicationCredentials = applicationCredentials
        self.emulatorHost = emulatorHost
        self.metadataHost = metadataHost
        self.gcloudFolder = gcloudFolder
        self.storageEndpoint = storageEndpoint
    }
}
