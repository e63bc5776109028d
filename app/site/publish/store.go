package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// sumHeader is the user metadata of an object that has its sum.
const sumHeader = "Sharh-Sum"

// retries is how often a request is sent, at most. The pauses between grow.
const retries = 6

// store is a target that speaks S3.
type store struct {
	name    string
	bucket  string
	in      string // the prefix, which ends with a slash unless it is empty
	plain   bool
	client  *minio.Client
	once    *minio.Client // does not retry: what has a condition would fail by its own first attempt
	address string
}

func openStore(name string, c Connection) (Target, error) {
	bucket, prefix, _ := strings.Cut(name, "/")
	if bucket == "" {
		return nil, errors.New("the store has no bucket; name it s3://bucket/prefix")
	}
	s := &store{name: "s3://" + strings.TrimSuffix(name, "/"), bucket: bucket, plain: c.Plain}
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		s.in = prefix + "/"
	}
	s.address = cmp.Or(c.Endpoint, os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"),
		"https://s3.amazonaws.com")
	u, err := url.Parse(s.address)
	if err == nil && u.Host == "" { // "localhost:8333", "storage.example.org"
		u, err = url.Parse("https://" + s.address)
	}
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("the endpoint %q is not the address of a store, https://storage.example.org", s.address)
	}
	creds, err := found()
	if err != nil {
		return nil, err
	}
	region := cmp.Or(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))
	if region == "" && !strings.HasSuffix(u.Hostname(), ".amazonaws.com") {
		region = "us-east-1" // other stores take what they are told; Amazon's are asked
	}
	o := minio.Options{Creds: creds, Secure: u.Scheme == "https", Region: region, MaxRetries: retries}
	if s.client, err = minio.New(u.Host, &o); err != nil {
		return nil, fmt.Errorf("the endpoint %q: %w", s.address, err)
	}
	o.MaxRetries = 1
	if s.once, err = minio.New(u.Host, &o); err != nil {
		return nil, fmt.Errorf("the endpoint %q: %w", s.address, err)
	}
	return s, nil
}

// found returns credentials from where the tools of Amazon look for them: the environment, the file of profiles, and
// what a machine of theirs is given.
func found() (*credentials.Credentials, error) {
	sources := []credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}
	for _, name := range []string{
		"AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	} {
		if os.Getenv(name) != "" {
			sources = append(sources, &credentials.IAM{Client: http.DefaultClient})
			break
		}
	}
	creds := credentials.NewChainCredentials(sources)
	value, err := creds.GetWithContext(nil)
	if err != nil {
		return nil, fmt.Errorf("finding the credentials of the store: %w", err)
	}
	if value.AccessKeyID == "" {
		return nil, errors.New("there are no credentials for the store: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, " +
			"or AWS_PROFILE")
	}
	return creds, nil
}

func (s *store) String() string { return s.name }

// failed says what a failure of a store means for whoever publishes.
func (s *store) failed(what, path string, err error) error {
	said := func(format string, args ...any) error {
		return fmt.Errorf("%s %s at %s: %s: %w", what, path, s.name, fmt.Sprintf(format, args...), err)
	}
	answer := minio.ToErrorResponse(err)
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case answer.Code == minio.NoSuchKey || answer.StatusCode == http.StatusNotFound && answer.Code != minio.NoSuchBucket:
		return fmt.Errorf("%s %s at %s: %w", what, path, s.name, fs.ErrNotExist)
	case answer.Code == minio.NoSuchBucket:
		return said("there is no bucket %s at %s; make it, or correct the name or --endpoint", s.bucket, s.address)
	case answer.Code == "RequestTimeTooSkewed":
		return said("the clock of this machine is wrong: the store refuses what is not dated by its time; set the clock")
	case answer.Code == "InvalidAccessKeyId" || answer.Code == "SignatureDoesNotMatch" || answer.Code == "ExpiredToken" ||
		answer.Code == "InvalidToken":
		return said("the store does not know these credentials; correct AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, " +
			"with temporary ones, AWS_SESSION_TOKEN")
	case answer.StatusCode == http.StatusInsufficientStorage || strings.Contains(answer.Code, "Quota") ||
		strings.Contains(answer.Code, "StorageFull"):
		return said("the store has no room left; make room and publish again, it goes on from here")
	case answer.Code == minio.AccessDenied || answer.StatusCode == http.StatusForbidden:
		return said("the credentials are not allowed to do this in bucket %s; they need to list it, and to read, write and "+
			"delete its objects", s.bucket)
	case errors.As(err, &network) || answer.StatusCode >= 500:
		return said("the store cannot be reached, or does not answer, after %d attempts; publish again later, it goes on "+
			"from here", retries)
	}
	return fmt.Errorf("%s %s at %s: %w", what, path, s.name, err)
}

// check lists: the answer to a question with a body says what is wrong, that to HEAD does not.
func (s *store) check(ctx context.Context) error {
	_, err := s.foreign(ctx)
	return err
}

func (s *store) tidy(context.Context) error { return nil }

func (s *store) foreign(ctx context.Context) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.in}) {
		if o.Err != nil {
			return "", s.failed("listing", "what is there", o.Err)
		}
		if name := strings.TrimPrefix(o.Key, s.in); name != "" && name != own {
			return name, nil
		}
	}
	return "", nil
}

func (s *store) fits(base string) bool {
	if base == "/" {
		return s.in == ""
	}
	return strings.HasSuffix("/"+s.in, base)
}

func (s *store) form(i *item) *item { return i.stored(s.plain) }

func (s *store) sum(ctx context.Context, path string) (string, error) {
	info, err := s.client.StatObject(ctx, s.bucket, s.in+path, minio.StatObjectOptions{})
	if err != nil {
		return "", s.failed("looking at", path, err)
	}
	return cmp.Or(info.UserMetadata[sumHeader], "?"), nil
}

func (s *store) read(ctx context.Context, path string) ([]byte, string, error) {
	object, err := s.client.GetObject(ctx, s.bucket, s.in+path, minio.GetObjectOptions{})
	if err != nil {
		return nil, "", s.failed("reading", path, err)
	}
	defer object.Close()
	data, err := io.ReadAll(object)
	if err != nil {
		return nil, "", s.failed("reading", path, err)
	}
	info, err := object.Stat()
	if err != nil {
		return nil, "", s.failed("reading", path, err)
	}
	return data, info.ETag, nil
}

// options are those of every object: one request each, whose content the store compares with a sum. It is not sent in
// signed chunks, which some stores take for an encoding of the object.
func options() minio.PutObjectOptions {
	return minio.PutObjectOptions{SendContentMd5: true, DisableMultipart: true, DisableContentSha256: true}
}

func (s *store) swap(ctx context.Context, path, tag string, data []byte) (string, error) {
	o := options()
	o.ContentType, o.CacheControl = "application/json", "no-store"
	put := func(client *minio.Client) (string, error) {
		info, err := client.PutObject(ctx, s.bucket, s.in+path, bytes.NewReader(data), int64(len(data)), o)
		return info.ETag, err
	}
	unconditional := o
	if tag == "" {
		o.SetMatchETagExcept("*")
	} else {
		o.SetMatchETag(tag)
	}
	fresh, err := put(s.once)
	switch answer := minio.ToErrorResponse(err); {
	case err == nil:
		return fresh, nil
	case ctx.Err() != nil:
		return "", s.failed("writing", path, err)
	case answer.StatusCode == http.StatusNotImplemented:
		// A store without conditions. What was there was read a moment ago, and is read again before the next step.
		o = unconditional
		if fresh, err = put(s.client); err != nil {
			return "", s.failed("writing", path, err)
		}
		return fresh, nil
	case answer.StatusCode == http.StatusPreconditionFailed || answer.StatusCode == http.StatusConflict:
		return "", errChanged
	case answer.StatusCode >= 400 && answer.StatusCode < 500:
		return "", s.failed("writing", path, err)
	}
	// The answer was lost or late: the object may be ours by now, or still the one before.
	now, at, readErr := s.read(ctx, path)
	switch {
	case readErr == nil && bytes.Equal(now, data):
		return at, nil
	case readErr == nil && at != tag || errors.Is(readErr, fs.ErrNotExist) && tag != "":
		return "", errChanged
	case readErr != nil && !errors.Is(readErr, fs.ErrNotExist):
		return "", readErr
	}
	if fresh, err = put(s.once); err != nil {
		return "", s.failed("writing", path, err)
	}
	return fresh, nil
}

func (s *store) write(ctx context.Context, i *item) error {
	data, err := i.read()
	if err != nil {
		return err
	}
	o := options()
	o.ContentType, o.CacheControl, o.ContentEncoding = i.kind, i.cache, i.encoding
	o.UserMetadata = map[string]string{sumHeader: i.sum}
	if _, err := s.client.PutObject(ctx, s.bucket, s.in+i.path, bytes.NewReader(data), int64(len(data)), o); err != nil {
		return s.failed("writing", i.path, err)
	}
	return nil
}

func (s *store) copy(ctx context.Context, from, to string) error {
	_, err := s.client.CopyObject(ctx, minio.CopyDestOptions{Bucket: s.bucket, Object: s.in + to},
		minio.CopySrcOptions{Bucket: s.bucket, Object: s.in + from})
	if err != nil {
		return s.failed("copying to "+to, from, err)
	}
	return nil
}

func (s *store) remove(ctx context.Context, path string) error {
	if err := s.client.RemoveObject(ctx, s.bucket, s.in+path, minio.RemoveObjectOptions{}); err != nil {
		if err = s.failed("removing", path, err); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
