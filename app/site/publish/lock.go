package publish

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// lock says that somebody publishes to a target. It is an object there, made only if there is none. A store may not
// know that condition, so whoever made it looks again whether it is his.
type lock struct {
	target Target
	owner  owner
}

// owner is what the object says.
type owner struct {
	By    string    `json:"by"`
	Since time.Time `json:"since"`
	Token string    `json:"token"` // tells two runs of the same person apart
}

// take takes the lock of a target.
func take(ctx context.Context, target Target, by string, now time.Time, breaking bool) (*lock, error) {
	l := &lock{target: target, owner: owner{by, now, rand.Text()}}
	tag := ""
	if breaking {
		_, old, err := target.read(ctx, lockPath)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		tag = old
	}
	_, err := target.swap(ctx, lockPath, tag, mustJSON(l.owner))
	if err != nil && !errors.Is(err, errChanged) {
		return nil, err
	}
	return l, l.held(ctx)
}

// held returns an error if the lock is somebody else's.
func (l *lock) held(ctx context.Context) error {
	data, _, err := l.target.read(ctx, lockPath)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the lock of %s is gone: somebody else broke it; look at the site, then publish again", l.target)
	}
	if err != nil {
		return err
	}
	var other owner
	if json.Unmarshal(data, &other) == nil && other.Token == l.owner.Token {
		return nil
	}
	if other.By == "" {
		other.By = "somebody"
	}
	return fmt.Errorf("%s has been publishing to %s since %s (%s); wait for that run, or, if it was killed, go on with "+
		"--break-lock", other.By, l.target, other.Since.Format(time.RFC3339), ago(l.owner.Since.Sub(other.Since)))
}

// ago is a time for a message.
func ago(d time.Duration) string {
	if d < 0 {
		return "which is in the future: a clock is wrong"
	}
	return d.Round(time.Second).String() + " ago"
}

// release gives the lock back, if it is still ours. It does so even when the run was interrupted.
func (l *lock) release() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := l.held(ctx); err != nil {
		return err
	}
	return l.target.remove(ctx, lockPath)
}
