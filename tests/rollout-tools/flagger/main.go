// Asks a canary for verdicts through Flagger's own code, with the files of docs/rollouts: flagger URL DIRECTORY
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	flagger "github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
	"github.com/fluxcd/flagger/pkg/controller"
	"github.com/fluxcd/flagger/pkg/metrics/providers"
	"sigs.k8s.io/yaml"
)

const inCluster = "http://amends-canary.amends:4390"

var (
	canary   = os.Args[1]
	snippets = os.Args[2]
	failed   = false
)

// An app of each sort, and what Flagger has to make of it.
var apps = []struct {
	name                        string
	within, promotes, rollsBack bool
}{
	{"good", true, true, false},
	{"bad", false, false, true},
	{"early", true, false, false},
}

func main() {
	var template flagger.MetricTemplate
	read("flagger-metric-template.yaml", &template)
	var rollout flagger.Canary
	read("flagger-canary.yaml", &rollout)
	for _, app := range apps {
		value := flaggerQuery(template, rollout, app.name)
		say("flagger metric "+app.name, value <= *rollout.Spec.Analysis.Metrics[0].ThresholdRange.Max, app.within)
		for _, hook := range rollout.Spec.Analysis.Webhooks {
			wanted := app.promotes
			if hook.Type == flagger.RollbackHook {
				wanted = app.rollsBack
			}
			hook.URL = strings.Replace(hook.URL, inCluster, canary, 1)
			hook.Metadata = &map[string]string{"app": app.name, "release": "4.2.0", "control": "4.1.0"}
			err := controller.CallWebhook(rollout, flagger.CanaryPhaseProgressing, hook)
			say(fmt.Sprintf("flagger %s %s", hook.Type, app.name), err == nil, wanted)
		}
	}
	if failed {
		os.Exit(1)
	}
}

func say(what string, found, wanted any) {
	if found == wanted {
		fmt.Printf("check: %s: %v ... ok\n", what, found)
	} else {
		fmt.Printf("check: %s: %v, not %v ... FAILED\n", what, found, wanted)
		failed = true
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func read(name string, into any) {
	text, err := os.ReadFile(filepath.Join(snippets, name))
	must(err)
	must(yaml.UnmarshalStrict(text, into))
}

func flaggerQuery(template flagger.MetricTemplate, rollout flagger.Canary, app string) float64 {
	provider := template.Spec.Provider
	provider.Address = strings.Replace(provider.Address, inCluster, canary, 1)
	client, err := providers.NewPrometheusProvider(provider, nil)
	must(err)
	online, err := client.IsOnline()
	must(err)
	say("flagger online", online, true)
	variables := rollout.Spec.Analysis.Metrics[0].TemplateVariables
	variables["app"] = app
	query := template.Spec.Query
	for name, value := range variables {
		query = strings.ReplaceAll(query, "{{ variables."+name+" }}", value)
	}
	value, err := client.RunQuery(query)
	must(err)
	return value
}
