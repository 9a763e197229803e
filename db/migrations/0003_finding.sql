CREATE COLLATION "yunqiao_zh" (provider = icu, locale = 'zh-u-co-pinyin');--> statement-breakpoint
CREATE COLLATION "yunqiao_en" (provider = icu, locale = 'en');--> statement-breakpoint
CREATE COLLATION "yunqiao_th" (provider = icu, locale = 'th');--> statement-breakpoint
CREATE COLLATION "yunqiao_vi" (provider = icu, locale = 'vi');--> statement-breakpoint
CREATE COLLATION "yunqiao_my" (provider = icu, locale = 'my');--> statement-breakpoint
CREATE TABLE "agreement_finding" (
	"agreement_id" uuid PRIMARY KEY NOT NULL,
	"tokens" "tsvector" NOT NULL,
	"title_zh" text collate "yunqiao_zh",
	"title_en" text collate "yunqiao_en",
	"title_th" text collate "yunqiao_th",
	"title_vi" text collate "yunqiao_vi",
	"title_my" text collate "yunqiao_my"
);
--> statement-breakpoint
DROP INDEX "agreements_tokens";--> statement-breakpoint
DROP INDEX "agreements_fields";--> statement-breakpoint
DROP INDEX "agreements_ends";--> statement-breakpoint
DROP INDEX "agreements_next_due";--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "party_keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement_finding" ADD CONSTRAINT "agreement_finding_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreement_finding_tokens" ON "agreement_finding" USING gin ("tokens") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "agreement_finding_zh" ON "agreement_finding" USING btree ("title_zh","agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_finding_en" ON "agreement_finding" USING btree ("title_en","agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_finding_th" ON "agreement_finding" USING btree ("title_th","agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_finding_vi" ON "agreement_finding" USING btree ("title_vi","agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_finding_my" ON "agreement_finding" USING btree ("title_my","agreement_id");--> statement-breakpoint
CREATE INDEX "agreements_signed" ON "agreements" USING btree ("signed","id");--> statement-breakpoint
CREATE INDEX "agreements_reference" ON "agreements" USING btree ("reference_key","id");--> statement-breakpoint
CREATE INDEX "agreements_value" ON "agreements" USING btree ("value_currency","value_amount","id");--> statement-breakpoint
CREATE INDEX "agreements_stage" ON "agreements" USING btree (array_position(array['draft', 'negotiation', 'review', 'approved', 'signed', 'in_force', 'suspended', 'expired', 'completed', 'terminated', 'superseded', 'declined', 'withdrawn'], "state"),"updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "agreements_facets" ON "agreements" USING gin ((array['state:' || "state", 'kind:' || "kind", 'officer:' || "officer_id"::text, 'year:' || extract(year from "signed")::text] || "fields" || "party_keys")) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "agreements_created_by" ON "agreements" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "agreements_confidential" ON "agreements" USING btree ("id") WHERE visibility = 'confidential';--> statement-breakpoint
CREATE INDEX "agreements_ends" ON "agreements" USING btree ("ends","id");--> statement-breakpoint
CREATE INDEX "agreements_next_due" ON "agreements" USING btree ("next_due","id");--> statement-breakpoint
ALTER TABLE "agreements" DROP COLUMN "tokens";--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_visibility" CHECK ("agreements"."visibility" in ('public', 'internal', 'confidential'));--> statement-breakpoint
UPDATE "agreements" SET "party_keys" = coalesce((
	SELECT array_agg(DISTINCT key) FROM "agreement_parties"
	LEFT JOIN "partners" ON "partners"."id" = "agreement_parties"."partner_id"
	CROSS JOIN LATERAL unnest(array["agreement_parties"."partner_id"::text, "agreement_parties"."country", "partners"."country"]) AS key
	WHERE "agreement_parties"."agreement_id" = "agreements"."id" AND key IS NOT NULL
), '{}') WHERE "origin" = 'office';--> statement-breakpoint
INSERT INTO "agreement_finding" ("agreement_id", "tokens", "title_zh", "title_en", "title_th", "title_vi", "title_my")
SELECT "agreements"."id", '', coalesce(zh, en, whatever), coalesce(en, zh, whatever), coalesce(th, en, zh, whatever), coalesce(vi, en, zh, whatever), coalesce(my, en, zh, whatever)
FROM "agreements" LEFT JOIN LATERAL (
	SELECT max("title") FILTER (WHERE "locale" = 'zh') AS zh, max("title") FILTER (WHERE "locale" = 'en') AS en, max("title") FILTER (WHERE "locale" = 'th') AS th, max("title") FILTER (WHERE "locale" = 'vi') AS vi, max("title") FILTER (WHERE "locale" = 'my') AS my, min("title") AS whatever
	FROM "agreement_texts" WHERE "agreement_id" = "agreements"."id"
) AS titles ON true WHERE "origin" = 'office';
