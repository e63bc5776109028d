package compile

import "sync"

// layouts are the layouts that this process has computed so far. An editor compiles after each save and changes only a
// few scenes.
var layouts kept

// most is how many layouts are kept: about those of fifty explainers, 3 KB each.
const most = 5000

// kept stores results by name. Several goroutines may use it at the same time.
type kept struct {
	mu   sync.Mutex
	made map[string][]byte
}

// keep returns the stored result for a name, or calls make and stores what it returns.
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
