//go:build store

package publish

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// cluster is SeaweedFS, a real distributed store, on this machine: a master, three volume servers of which two hold
// each object, a filer, and the gateway that speaks S3.
type cluster struct {
	weed, dir, master string
	volumes           []*exec.Cmd
	ports             []int // of the volume servers
	client            *minio.Client
	endpoint          string
}

// port returns a port that is free, as is the one ten thousand above it, where a server speaks to the others.
func port(t *testing.T) int {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		n := l.Addr().(*net.TCPAddr).Port
		l.Close()
		n = 11_000 + n%20_000
		both := true
		for _, p := range []int{n, n + 10_000} {
			if l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(p)); err != nil {
				both = false
			} else {
				l.Close()
			}
		}
		if both {
			return n
		}
	}
	t.Fatal("no port is free")
	return 0
}

// start starts a server of the cluster. What it says is shown if the test fails.
func (c *cluster) start(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(c.dir, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(c.weed, args...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = log, log, c.dir
	cmd.Env = append(os.Environ(), "HOME="+c.dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			if said, err := os.ReadFile(log.Name()); err == nil {
				t.Logf("%s said, at the end:\n%s", name, said[max(0, len(said)-3000):])
			}
		}
	})
	return cmd
}

func (c *cluster) volume(t *testing.T, i int) {
	t.Helper()
	dir := filepath.Join(c.dir, fmt.Sprint("volume", i))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c.volumes[i] = c.start(t, fmt.Sprint("volume", i), "volume", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-mserver="+c.master,
		"-port="+strconv.Itoa(c.ports[i]), "-dir="+dir, "-max=50", "-rack=r", "-dataCenter=d")
}

// until waits until a condition holds.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// serving returns how many volume servers the master knows.
func (c *cluster) serving() int {
	response, err := http.Get("http://" + c.master + "/dir/status")
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		return 0
	}
	n := 0
	for _, p := range c.ports {
		if strings.Contains(string(said), fmt.Sprintf(`"127.0.0.1:%d"`, p)) {
			n++
		}
	}
	return n
}

func startCluster(t *testing.T, weed string) *cluster {
	c := &cluster{weed: weed, dir: t.TempDir(), volumes: make([]*exec.Cmd, 3)}
	master, filer, gateway := port(t), port(t), port(t)
	c.master = "127.0.0.1:" + strconv.Itoa(master)
	c.endpoint = "http://127.0.0.1:" + strconv.Itoa(gateway)
	for _, name := range []string{"master", "filer"} {
		if err := os.Mkdir(filepath.Join(c.dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	c.start(t, "master", "master", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-port="+strconv.Itoa(master),
		"-mdir="+filepath.Join(c.dir, "master"), "-defaultReplication=001", "-volumeSizeLimitMB=64")
	for i := range c.volumes {
		c.ports = append(c.ports, port(t))
		c.volume(t, i)
	}
	until(t, "the master knows three volume servers", func() bool { return c.serving() == 3 })
	c.start(t, "filer", "filer", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-port="+strconv.Itoa(filer), "-master="+c.master,
		"-defaultStoreDir="+filepath.Join(c.dir, "filer"), "-defaultReplicaPlacement=001")
	keys := filepath.Join(c.dir, "s3.json")
	if err := os.WriteFile(keys, []byte(`{"identities": [{"name": "publisher", "credentials":
		[{"accessKey": "key", "secretKey": "secret"}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	c.start(t, "gateway", "s3", "-ip.bind=127.0.0.1", "-port="+strconv.Itoa(gateway),
		"-filer=127.0.0.1:"+strconv.Itoa(filer), "-config="+keys)
	var err error
	if c.client, err = minio.New(strings.TrimPrefix(c.endpoint, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4("key", "secret", ""), Region: "us-east-1",
	}); err != nil {
		t.Fatal(err)
	}
	until(t, "the store has made a bucket", func() bool {
		return c.client.MakeBucket(t.Context(), "bucket", minio.MakeBucketOptions{}) == nil
	})
	return c
}

// place is a folder of the store, for one test.
func (c *cluster) place(t *testing.T, folder string) *place {
	var left, done atomic.Int64
	left.Store(-1)
	return &place{
		target: func(t testing.TB) Target {
			t.Helper()
			target, err := Open("s3://bucket/"+folder, Connection{Endpoint: c.endpoint})
			if err != nil {
				t.Fatal(err)
			}
			return mortal{target, &left, &done}
		},
		objects: func(t testing.TB) map[string][]object { return c.objects(t, folder+"/") },
		kill: func(after int64) {
			done.Store(0)
			left.Store(after)
		},
		count: done.Load,
	}
}

// objects reads every object.
func (c *cluster) objects(t testing.TB, prefix string) map[string][]object {
	t.Helper()
	all := map[string][]object{}
	for o := range c.client.ListObjectsIter(t.Context(), "bucket", minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		if strings.HasSuffix(o.Key, "/") {
			continue // a folder, which this store lists too
		}
		got, err := c.client.GetObject(context.Background(), "bucket", o.Key, minio.GetObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(got)
		if err != nil {
			t.Fatalf("reading %s: %v", o.Key, err)
		}
		info, err := got.Stat()
		if err != nil {
			t.Fatal(err)
		}
		got.Close()
		name := strings.TrimPrefix(o.Key, prefix)
		all[name] = []object{{decode(t, info.Metadata.Get("Content-Encoding"), data), info.Metadata}}
	}
	return all
}

// A real distributed store takes a site in order, loses a server in the middle of it, and is killed at ten points of
// an update: readers have a whole site each time, and the next run comes to its end.
func TestSeaweedFS(t *testing.T) {
	weed := os.Getenv("SHARH_WEED")
	if weed == "" {
		t.Fatal("make test-store builds SeaweedFS, says in SHARH_WEED where it is, and runs this")
	}
	minio.DefaultRetryUnit, minio.DefaultRetryCap = 200*time.Millisecond, 2*time.Second
	c := startCluster(t, weed)
	var versions []*Site
	for n := 1; n <= 3; n++ {
		site := built(t, content(n), "/")
		versions = append(versions, site)
	}
	t.Run("a volume server is killed in the middle", func(t *testing.T) {
		p := c.place(t, "lost server")
		published(t, p, versions[0], at(1))
		if wrong := complete(p.objects(t), content(1)); wrong != nil {
			t.Fatal(wrong)
		}
		o := at(2)
		steps := 0
		o.Report = func(Step, Progress) {
			if steps++; steps == 5 {
				if err := c.volumes[0].Process.Kill(); err != nil {
					t.Error(err)
				}
			}
		}
		if _, err := Run(t.Context(), versions[1], p.target(t), o); err != nil {
			t.Logf("the run ended with: %v", err)
		}
		if steps < 5 {
			t.Fatalf("only %d steps", steps)
		}
		if wrong := visit(p.objects(t), content(1), content(2)); wrong != nil {
			t.Fatal(wrong)
		}
		until(t, "the master knows that a server is gone", func() bool { return c.serving() == 2 })
		published(t, p, versions[1], at(3))
		if wrong := complete(p.objects(t), content(2)); wrong != nil {
			t.Fatal(wrong)
		}
		c.volume(t, 0)
		until(t, "the server is back", func() bool { return c.serving() == 3 })
		if wrong := complete(p.objects(t), content(2)); wrong != nil {
			t.Fatal(wrong)
		}
	})
	t.Run("killed at ten points", func(t *testing.T) {
		p := c.place(t, "whole")
		published(t, p, versions[0], at(1))
		published(t, p, versions[1], at(2))
		all := p.count()
		for i := range int64(10) {
			p := c.place(t, fmt.Sprint("killed ", i))
			published(t, p, versions[0], at(1))
			n := 1 + i*all/2/10
			p.kill(n)
			_, err := Run(t.Context(), versions[1], p.target(t), at(2))
			p.kill(-1)
			if wrong := visit(p.objects(t), content(1), content(2)); wrong != nil {
				t.Fatalf("killed after %d operations (%v): %v", n, err, wrong)
			}
			published(t, p, versions[2], at(3))
			if wrong := complete(p.objects(t), content(3)); wrong != nil {
				t.Fatalf("killed after %d operations, and run again: %v", n, wrong)
			}
		}
	})
	t.Run("back to the publication before", func(t *testing.T) {
		p := c.place(t, "back")
		published(t, p, versions[0], at(1))
		if _, err := Rollback(t.Context(), p.target(t), at(2)); err == nil || !strings.Contains(err.Error(), "no publication before") {
			t.Errorf("rolled back beyond the first publication: %v", err)
		}
		published(t, p, versions[1], at(2))
		if _, err := Rollback(t.Context(), p.target(t), at(3)); err != nil {
			t.Fatal(err)
		}
		if wrong := complete(p.objects(t), content(1)); wrong != nil {
			t.Fatal(wrong)
		}
	})
}
