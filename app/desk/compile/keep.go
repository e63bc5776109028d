package compile

import "sync"

// layouts are those of scenes that this program has laid out. Who writes compiles after each save, and changes few scenes.
var layouts kept

// most is how many layouts are kept: those of some fifty explainers, 3 KB each.
const most = 5000

// kept keeps by name what was made. It may be used by several at the same time.
type kept struct {
	mu   sync.Mutex
	made map[string][]byte
}

// keep returns what make makes, or made before under the same name.
func (k *kept) keep(name string, make func() ([]byte, error)) ([]byte, error) {
	k.mu.Lock()
	data, ok := k.made[name]
	k.mu.Unlock()
	if ok {
		return data, nil
	}
	data, err := make()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made == nil || len(k.made) >= most {
		k.made = map[string][]byte{}
	}
	k.made[name] = data
	return data, nil
}
